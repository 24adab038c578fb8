import { consentPurposes, disclosurePurposes, personalDataParts, type RefusalCode } from '@ledger/domain';
import type { Schema } from '../openapi/schema.js';
import { day, list, object, orNull, text } from '../read/schemas.js';
import { relations } from './documents.js';

/** What can come in the way of everything that is put on record before it is done. */
export const ON_RECORD = [
  'VAULT_SEALED',
  'IDEMPOTENCY_KEY_REUSED',
  'CONCURRENT_CHANGE',
  'OUTCOME_UNKNOWN',
  'REVISION_STALE',
] as const satisfies readonly RefusalCode[];

/** The shapes of answers about people, as JSON schemas. */

const OPTIONAL = ['residentId', 'phone', 'address', 'payee', 'members'];

const person = object(
  { name: text, relation: { type: 'string', enum: relations }, residentId: text, phone: text },
  OPTIONAL,
);
const member = object({ name: text, residentId: text, memberSince: day }, OPTIONAL);
const payee = object({ name: text, bankAccount: text, bank: text });

export const consentData = object({ people: list(person), address: text }, OPTIONAL);
export const statutoryData = object({ payee, members: list(member), retainUntil: day }, OPTIONAL);

const orNothing = (schema: Schema): Schema => ({ oneOf: [schema, { type: 'null' }] });

export const heldData = { consent: orNothing(consentData), statutory: orNothing(statutoryData) };

export const part: Schema = { type: 'string', enum: Object.keys(personalDataParts) };
export const disclosurePurpose: Schema = { type: 'string', enum: Object.keys(disclosurePurposes) };

export const eitherPart: Schema = { oneOf: [consentData, statutoryData] };

export const receiptFields = {
  position: { type: 'integer', minimum: 1 },
  stream: text,
  revision: { type: 'integer', minimum: 0 },
  facts: list({ $ref: '#/components/schemas/ReceiptFact' }),
} satisfies Record<string, Schema>;

export const consentRow = object({
  purpose: { type: 'string', enum: Object.keys(consentPurposes) },
  given: { type: 'boolean', description: '目前是否同意 · whether it agrees' },
  since: day,
  noticeVersion: { ...text, description: '所签告知书的版本 · the text that was signed last' },
});

export const heldRow = object({
  part,
  status: { type: 'string', enum: ['held', 'restricted', 'erased'] },
  since: day,
  retainUntil: orNull(day),
  basis: orNull(text),
});

export const aboutHousehold = object({
  type: text,
  effectiveOn: day,
  recordedAt: { type: 'string', format: 'date-time' },
  position: { type: 'integer', minimum: 1 },
  fact: { type: 'string', description: '事实的原始字节 · the exact stored bytes of the fact, as text' },
});
