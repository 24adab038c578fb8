import { roleNames } from '@ledger/domain';
import { day, list, object, orNull, text } from '../read/schemas.js';

export const grantRow = object({
  grant: text,
  account: text,
  role: { type: 'string', enum: [...roleNames] },
  division: text,
  books: {
    ...list(text),
    type: ['array', 'null'],
    description: '限定账套,空为全部 · the books assigned; null for all',
  },
  household: {
    ...orNull(text),
    description: '村民的本户,未填为空 · the household of a villager; null where none is named',
  },
  from: day,
  to: orNull(day),
  revoked: { type: 'boolean', description: '已收回 · taken back' },
  held: { type: 'boolean', description: '今日有效 · holds today' },
});
