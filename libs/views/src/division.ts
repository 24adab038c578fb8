import { changesOf, type DivisionFact } from '@ledger/domain';
import { dayNumber } from './calendar.js';
import { register, type Row } from './register.js';

/** What is recorded of divisions, a row a division that a fact changes. The tree of any two times is made of the rows. */
export const division = register({
  name: 'division',
  version: 2,
  columns: {
    position: 'integer',
    code: 'text',
    valid_from: 'integer',
    change: 'text',
    name: 'text',
    successor: 'text',
    origin: 'text',
  },
  key: ['position', 'code'],
  on: {
    DivisionRegistered: rowsOf,
    DivisionRenamed: rowsOf,
    DivisionRecoded: rowsOf,
    VillagesMerged: rowsOf,
    DivisionAbolished: rowsOf,
  },
});

function rowsOf(fact: DivisionFact, position: number): Row[] {
  return changesOf(fact).map((change) => ({ position, valid_from: dayNumber(fact.effectiveOn), ...change }));
}
