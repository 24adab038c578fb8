import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { roleNames, roles } from '@ledger/domain';
import { type LedgerOfPeople, ledgerOfPeople, type Said } from '../../support/ledger-of-people.js';
import { absentLike, type Place, type VillageName } from '../../support/villages-apart.js';
import { isWriteToTry, operations } from './operations.js';
import { requestOf, type Slot, slotsOf } from './slots.js';

const PLACES = { village: '330603008201', township: '330603008', district: '330603', any: '330603' } as const;

/** Holds every role where the own village lies but those that one person must not hold as well; hidden from it are the villages of another district. */
const OFFICER = 'officer';
/** Asks in his place for what administrators alone do. */
const ADMINISTRATOR = 'administrator';
const ADMINISTERS = /^(grantRole|revokeRole|(create|link|disable|enable)Account|resetPassword)$/;
/** Holds the roles of the own village alone, and keeps its book; hidden from it are the neighbours too. */
const VILLAGE = 'villager';

let ledger: LedgerOfPeople;

beforeAll(async () => {
  ledger = await ledgerOfPeople();
  const { villages } = ledger;
  await villages.grant({ account: ADMINISTRATOR, role: 'SYS_ADMIN', division: PLACES.district });
  for (const role of roleNames.filter((each) => each !== 'SYS_ADMIN' && each !== 'TOWN_CASHIER')) {
    await villages.grant({ account: OFFICER, role, division: PLACES[roles[role].level] });
    if (roles[role].level === 'village') {
      await villages.grant({ account: VILLAGE, role, division: PLACES.village });
    }
  }
  const books = [villages.place('own').book];
  await villages.grant({ account: VILLAGE, role: 'TOWN_ACCOUNTANT', division: PLACES.township, books });
  await ledger.project();
});

afterAll(async () => ledger.close());

const writes = operations.filter(isWriteToTry);

function operation(id: string) {
  const found = operations.find((each) => each.id === id);
  if (found === undefined) throw new RangeError(id);
  return found;
}

/**
 * A voucher or an asset may say which project it was for, in the words of the book: the project is not looked for, so a
 * hidden one and one that is not there are both written down as they were said. That a credit code is taken cannot be
 * kept back, because nothing else keeps a legal person from being registered twice; it is all that is told of it.
 */
const NOT_LOOKED_FOR =
  /^((recordIncome|recordExpense|postVoucher|activateAsset) .*project|registerOrganization creditCode)$/;

const CASES = writes.flatMap(({ id }) =>
  slotsOf(operation(id)).flatMap(({ at }) => (NOT_LOOKED_FOR.test(`${id} ${at}`) ? [] : [{ id, at }])),
);

/** With every value of one place written as that of another. */
function written(text: string, from: Place, as: Place): string {
  const names = (Object.keys(from) as (keyof Place)[]).toSorted((a, b) => from[b].length - from[a].length);
  return names.reduce((said, name) => said.replaceAll(from[name], as[name]), text);
}

const met = new Map<string, number>();

describe.each<[string, readonly VillageName[]]>([
  [OFFICER, ['otherDistrict']],
  [VILLAGE, ['neighbour', 'elsewhere', 'otherDistrict']],
])('to an account that is a %s,', (asker, hidden) => {
  it.each(CASES)('$id answers for what is hidden at $at as for what is not there', async ({ id, at }) => {
    const own = ledger.villages.place('own');
    const account = asker === OFFICER && ADMINISTERS.test(id) ? ADMINISTRATOR : asker;
    for (const name of hidden) {
      const place = ledger.villages.place(name);
      const absent = absentLike(place);
      const ask = async (there: Place): Promise<Said> => {
        const request = requestOf(operation(id), account, (slot: Slot) => (slot.at === at ? there : own));
        return ledger.ask(account, request.method, request.path, request.body, {
          'idempotency-key': `${id}-${at}-${name}`,
        });
      };
      const head = await ledger.log.head();
      const [said, ofAbsent] = [await ask(place), await ask(absent)];
      expect(written(said.text, place, absent)).toBe(ofAbsent.text);
      expect(said.status).toBe(ofAbsent.status);
      expect(said.status).toBeGreaterThanOrEqual(400);
      expect(said.headers['content-type']).toBe(ofAbsent.headers['content-type']);
      expect(await ledger.log.head()).toBe(head);
      const { code } = JSON.parse(said.text) as { code: string };
      met.set(code, (met.get(code) ?? 0) + 1);
    }
  });
});

it('was refused for many reasons, and seldom for the role', () => {
  const all = [...met.values()].reduce((sum, count) => sum + count, 0);
  expect(met.get('ROLE_NOT_ALLOWED') ?? 0).toBeLessThan(all / 2);
  for (const code of ['BOOK_UNKNOWN', 'PROJECT_UNKNOWN', 'ASSET_UNKNOWN', 'HOUSEHOLD_UNKNOWN', 'VILLAGE_UNKNOWN'])
    expect(met.get(code)).toBeGreaterThan(0);
});
