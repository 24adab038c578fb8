import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { roleNames, roles } from '@ledger/domain';
import { type LedgerOfPeople, ledgerOfPeople, type Said } from '../../support/ledger-of-people.js';
import { absentLike, CODES, type Place } from '../../support/villages-apart.js';
import { isRead, operations } from './operations.js';
import { requestOf, type Slot, slotsOf } from './slots.js';

/** Holds every role of the whole first district but those that one person must not hold as well. */
const OFFICER = 'officer';
/** Holds the roles of the own village alone. */
const VILLAGER = 'villager';

let ledger: LedgerOfPeople;

beforeAll(async () => {
  ledger = await ledgerOfPeople();
  for (const role of roleNames.filter((each) => each !== 'SYS_ADMIN' && each !== 'TOWN_CASHIER')) {
    const { level } = roles[role];
    const division = level === 'village' ? CODES.own : CODES.own.slice(0, level === 'township' ? 9 : 6);
    await ledger.villages.grant({ account: OFFICER, role, division });
    if (level === 'village') await ledger.villages.grant({ account: VILLAGER, role, division });
  }
  await ledger.project();
});

afterAll(async () => ledger.close());

const CASES = operations
  .filter((operation) => isRead(operation) && operation.id !== 'getFeed')
  .flatMap((operation) => slotsOf(operation).map((slot) => ({ id: operation.id, at: slot.at, operation, slot })));

/** What is said of a place at one slot, with everything else of the own village. */
async function said(account: string, { operation, at }: (typeof CASES)[number], there: Place) {
  const own = ledger.villages.place('own');
  const { method, path } = requestOf(operation, account, (slot: Slot) => (slot.at === at ? there : own));
  return ledger.ask(account, method, path);
}

/** A list that is asked for one place, and is shorter for it: of what is not there, it is empty. */
const FILTERS = new Set(['getDrafts ?division', 'getProjects ?division', 'getIndicators ?scope']);
/** What looks for nothing: a project in the words of a book, and what was published of a place, which is nothing. */
const NOT_LOOKED_FOR = new Set(['getDivisionsIncomeEntries ?project', 'getIndicatorsComparison indicators/scope']);

const isFilter = ({ id, at }: (typeof CASES)[number]): boolean => FILTERS.has(`${id} ${at}`);

function statusOf(asked: (typeof CASES)[number]): number {
  return isFilter(asked) || NOT_LOOKED_FOR.has(`${asked.id} ${asked.at}`) ? 200 : 404;
}

/** With what is asked about written as something that is not there. */
const told = ({ status, headers, text }: Said, asked: string, absent: string) => ({
  status,
  type: headers['content-type'],
  text: text.replaceAll(asked, absent),
});

describe('a village of another district', () => {
  it.each(CASES)('is answered by $id at $at as one that is not there, to who sees a whole district', async (asked) => {
    const place = ledger.villages.place('otherDistrict');
    const absent = absentLike(place);
    const [hidden, nowhere] = [await said(OFFICER, asked, place), await said(OFFICER, asked, absent)];
    const { names } = asked.slot;
    expect(told(hidden, place[names], absent[names])).toEqual(told(nowhere, absent[names], absent[names]));
    expect(nowhere.status).toBe(statusOf(asked));
    expect(nowhere.text).not.toContain('"rows":[{');
  });
});

describe('the township above a village', () => {
  // A list that is asked for the township holds what the asker sees of it: his own.
  it.each(CASES.filter((asked) => asked.slot.names === 'village' && asked.at !== 'villages/code' && !isFilter(asked)))(
    'is answered by $id at $at as one that is not there, to who sees that village alone',
    async (asked) => {
      const own = ledger.villages.place('own');
      const [above, absent] = [own.village.slice(0, 9), '330603399'];
      const [hidden, nowhere] = [
        await said(VILLAGER, asked, { ...own, village: above }),
        await said(VILLAGER, asked, { ...own, village: absent }),
      ];
      expect(told(hidden, above, absent)).toEqual(told(nowhere, absent, absent));
      expect(nowhere.status).toBe(statusOf(asked));
      expect(nowhere.text).not.toContain('"rows":[{');
    },
  );
});
