import type { RefusalCode } from '@ledger/domain';
import { applyDecorators, HttpCode, SetMetadata } from '@nestjs/common';
import { Open } from './access/access-guard.js';
import type { Schema } from './openapi/schema.js';

export const ACT = 'ledger:act';

export interface ActDocument {
  /** The operationId. */
  readonly name: string;
  readonly summary: string;
  /** The class of the body, with an example of it; none for a route that takes no body. */
  readonly takes?: { readonly body: new () => object; readonly example: object };
  readonly answer: Schema;
  /** 200 unless it says otherwise. */
  readonly status?: 200 | 201 | 202;
  /** Another answer that it can have, by its status. */
  readonly otherwise?: Readonly<Record<number, Schema>>;
  /** It has the ledger decide what a draft asks for, and can be refused for all that this can. */
  readonly decidesDrafts?: true;
  /** Headers that it takes, by their names among the parameters of the document. */
  readonly headers?: readonly string[];
  readonly refusals: readonly RefusalCode[];
  /** What else the same answer comes in, when it is asked for. */
  readonly alsoAs?: readonly string[];
  /** Another tag than the first word of the path. */
  readonly tag?: string;
  /** It asks for no token: logging in. */
  readonly open?: true;
}

/** Marks a route that changes something beside the ledger: a session, a draft, what the vault holds. */
export function Acts(document: ActDocument) {
  const open = document.open === true ? [Open()] : [];
  return applyDecorators(HttpCode(document.status ?? 200), SetMetadata(ACT, document), ...open);
}
