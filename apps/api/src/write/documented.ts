import type { Command, RefusalCode } from '@ledger/domain';
import { applyDecorators, HttpCode, SetMetadata } from '@nestjs/common';

export const WRITE = 'ledger:write';

export interface WriteDocument {
  readonly summary: string;
  readonly example: object;
  /** The refusals of its own; those that every write can meet are added in the document. */
  readonly refusals: readonly RefusalCode[];
}

export interface WriteRoute extends WriteDocument {
  readonly command: new () => Command;
}

/** Marks a route that takes a command; the OpenAPI document is made from this and from the command's validation. */
export function Writes(command: new () => Command, document: WriteDocument) {
  const route: WriteRoute = { command, ...document };
  return applyDecorators(HttpCode(201), SetMetadata(WRITE, route));
}

/** What a posting can be refused for, whatever posts it. */
export const ENTRY_REFUSALS: readonly RefusalCode[] = [
  'BOOK_UNKNOWN',
  'ACCOUNT_UNKNOWN',
  'ACCOUNT_NOT_LEAF',
  'ACCOUNT_RETIRED',
  'AMOUNT_NOT_POSITIVE',
  'AMOUNT_PRECISION',
  'AMOUNT_TOO_LARGE',
  'CASH_NEGATIVE',
  'CORRECTION_NOT_NEEDED',
  'DATE_IN_FUTURE',
  'PERIOD_CLOSED',
  'PERIOD_NOT_OPEN',
  'PERSONAL_DATA_IN_TEXT',
  'SAME_PERSON',
  'SOURCE_DOCUMENT_DUPLICATE',
  'STANDARD_NOT_IN_FORCE',
];
