import { controllers } from '../../../apps/api/src/controllers.js';
import { openapiDocument } from '../../../apps/api/src/openapi/document.js';
import { isRead, type Json, type Operation, operationsOf } from '../../fuzz/operations.js';

export { isRead, type Json, type Operation } from '../../fuzz/operations.js';

const document = JSON.parse(JSON.stringify(openapiDocument(controllers))) as Json;

/** The operations of the OpenAPI document that ask who it is. */
export const operations: readonly Operation[] = operationsOf(document).filter(({ open }) => !open);

/** What changes something, but for what has an attempt of its own. */
export function isWriteToTry(operation: Operation): boolean {
  return !isRead(operation) && !Object.hasOwn(TRIED_BY_THEMSELVES, operation.id);
}

const TRIED_BY_THEMSELVES: Readonly<Record<string, string>> = {
  putAttachmentsBySha256: 'its body is a file, whose hash no other village can have a say in: the attacker guesses one',
};
