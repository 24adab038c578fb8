import { divisionAbove, levelOf } from '@ledger/domain';
import { dayNumber } from './calendar.js';
import { register, type Row } from './register.js';

/** The names of divisions by the day from which they hold; the newest recording wins among those of one day. */
export const division = register({
  name: 'division',
  version: 1,
  columns: {
    code: 'text',
    valid_from: 'integer',
    position: 'integer',
    name: 'text',
    level: 'text',
    parent: 'text',
    origin: 'text',
  },
  key: ['code', 'valid_from', 'position'],
  on: {
    DivisionRegistered: ({ data, effectiveOn }, position) => [named(data, effectiveOn, position)],
    DivisionRenamed: ({ data, effectiveOn }, position) => [named(data, effectiveOn, position)],
  },
});

function named(data: { code: string; name: string; origin?: string }, from: string, position: number): Row {
  const { code, name, origin } = data;
  const parent = divisionAbove(code) ?? null;
  return { code, valid_from: dayNumber(from), position, name, level: levelOf(code), parent, origin: origin ?? null };
}
