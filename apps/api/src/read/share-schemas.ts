import type { Schema } from '../openapi/schema.js';
import { count, fen, list, object } from './schemas.js';

const text: Schema = { type: 'string' };
const textOrNull: Schema = { type: ['string', 'null'] };
const bookedIn = object({ book: text, period: text, voucherNo: count });
const refusal = object({ code: text, messageZh: text, messageEn: text });

/** A village's part of one allocation, and what became of it. */
export const shareRow = object({
  project: text,
  allocationNo: { ...count, description: '分配序号 · the number of the allocation in its project' },
  village: text,
  organization: textOrNull,
  settledPeriod: { ...text, description: '所结算的月份 · the month whose income is shared' },
  effectiveOn: { type: 'string', format: 'date' },
  reason: textOrNull,
  amountFen: fen,
  status: { type: 'string', enum: ['pending', 'booked', 'refused', 'nothing'] },
  bookedIn: { oneOf: [bookedIn, { type: 'null' }] },
  refusal: { oneOf: [refusal, { type: 'null' }] },
});

export const settlementRow = object({ period: text, amountFen: fen, shares: list(shareRow) });
