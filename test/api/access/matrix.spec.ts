import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Role, roleNames, roles } from '@ledger/domain';
import { rules } from '../../../apps/api/src/access/rules/index.js';
import { type LedgerWithAccounts, startWithAccounts } from '../../support/ledger-with-accounts.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';
import { type Cell, expectedRows, ofNoPlace, type Situation, situations } from './cells.js';
import { accountOf, grantOf, nowhere, type Place, placeOf, RETURNER, SUBMITTER } from './places.js';
import { requests } from './requests/index.js';
import { type Answered, answerTo, type Wanted } from './answers.js';

const NOBODY = 'nobody-in-particular';
const FIRST_TOWNSHIP = '330603008';
const SECOND_TOWNSHIP = '330603002';

/** What is of no place, and is for those who look into the whole district: asked by who is granted it there. */
const WANTS_DISTRICT = new Set(['getAccessRecord']);
/** The roles that are granted for a division of any level; in all other cells, for a township. */
const anywhere = roleNames.filter((role) => roles[role].level === 'any');

const directory = temporaryDirectory();
const rows = expectedRows();
const opened = new Set<string>();
const ofNobody = new Map<string, string>();
let set: LedgerWithAccounts;
let places: Record<'own_village' | 'other_village' | 'other_township' | 'nowhere', Place>;

beforeAll(async () => {
  const held = roleNames.map((role) => accountOf(role, 'held'));
  const expired = roleNames.map((role) => accountOf(role, 'expired'));
  const ofDistrict = anywhere.map((role) => accountOf(role, 'of-district'));
  set = await startWithAccounts(directory.path, [...held, ...expired, ...ofDistrict, NOBODY, SUBMITTER, RETURNER]);
  const { books } = set;
  await books.district();
  for (const division of [FIRST_TOWNSHIP, SECOND_TOWNSHIP]) {
    await grantOf(books, { account: SUBMITTER, role: 'TOWN_ACCOUNTANT', division });
    await grantOf(books, { account: RETURNER, role: 'TOWN_REVIEWER', division });
  }
  places = {
    own_village: await placeOf(set, FIRST_TOWNSHIP),
    other_village: await placeOf(set, FIRST_TOWNSHIP),
    other_township: await placeOf(set, SECOND_TOWNSHIP),
    nowhere: nowhere(),
  };
  for (const role of roleNames) {
    const division = divisionOf(role, places.own_village.village);
    const own = role === 'VILLAGER' ? { household: places.own_village.household } : {};
    await grantOf(books, { account: accountOf(role, 'held'), role, division, ...own });
    const to = new Date(Date.now() - 24 * 60 * 60_000).toISOString().slice(0, 10);
    await grantOf(books, { account: accountOf(role, 'expired'), role, division, to });
  }
  for (const role of anywhere) {
    await grantOf(books, { account: accountOf(role, 'of-district'), role, division: FIRST_TOWNSHIP.slice(0, 6) });
  }
}, 120_000);

afterAll(async () => {
  await set.ledger.stop();
  directory.remove();
});

describe('the expected cells', () => {
  it('are there for every operation and every role', () => {
    const kept = Map.groupBy(rows, ({ operationId }) => operationId);
    expect([...kept.keys()].toSorted()).toEqual(Object.keys(rules).toSorted());
    for (const [operation, own] of kept) {
      expect([operation, own.map(({ role }) => role).toSorted()]).toEqual([operation, [...roleNames].toSorted()]);
    }
  });

  it('are left out where an operation is about no place, and nowhere else', () => {
    const leftOut = rows.flatMap(({ operationId, role, cells }) =>
      situations.filter((situation) => cells[situation] === '-').map((at) => `${operationId} ${role} ${at}`),
    );
    const placeless = rows
      .filter(({ operationId, cells }) => Object.hasOwn(ofNoPlace, operationId) && cells.own_village === 'allow')
      .flatMap(({ operationId, role }) =>
        ['other_village', 'other_township'].map((at) => `${operationId} ${role} ${at}`),
      );
    expect(leftOut).toEqual(placeless);
    const unused = Object.keys(ofNoPlace).filter((id) => !leftOut.some((cell) => cell.startsWith(`${id} `)));
    expect(unused).toEqual([]);
  });

  it('can all be asked for', () => {
    expect(Object.keys(requests).toSorted()).toEqual(Object.keys(rules).toSorted());
  });
});

describe.each([...Map.groupBy(rows, ({ operationId }) => operationId)])('%s', (operation, expected) => {
  it('answers every role in every situation as the matrix says', async () => {
    const found: string[] = [];
    for (const { role, cells } of expected) {
      for (const situation of situations) {
        const cell = cells[situation];
        if (cell === '-') continue;
        const answer = await answered(operation, role, situation, cell);
        if (answer !== cell) found.push(`${role} ${situation}: ${answer}, not ${cell}`);
      }
    }
    expect(found).toEqual([]);
  }, 60_000);
});

describe('the run', () => {
  it('has opened every operation for some role', () => {
    const shut = Object.keys(rules).filter((operation) => !opened.has(operation));
    expect(shut).toEqual([]);
  });
});

/** One request of the operation, and what its answer comes to; said in words where it is none of the cells. */
async function answered(operation: string, role: Role, situation: Situation, cell: Cell): Promise<string> {
  const isGranted = situation !== 'none' && situation !== 'expired';
  const held = WANTS_DISTRICT.has(operation) && anywhere.includes(role) ? 'of-district' : 'held';
  const account = situation === 'none' ? NOBODY : accountOf(role, isGranted ? held : 'expired');
  // Whoever has no grant is the same person for every role, and asks once.
  const before = situation === 'none' ? ofNobody.get(operation) : undefined;
  if (before !== undefined) return before;
  const place = places[isGranted ? situation : 'own_village'];
  const wanted: Wanted = { set, operation, account, place, nowhere: places.nowhere, cell };
  const answer: Answered = await answerTo(wanted);
  if (answer.is === 'allow') opened.add(operation);
  const said = answer.is === cell ? cell : `${answer.is} (${answer.status} ${answer.text.slice(0, 300)})`;
  if (situation === 'none') ofNobody.set(operation, said);
  return said;
}

/** The division that a grant of a role is for, so that the village lies in it. Engagements and cases are of a township. */
function divisionOf(role: Role, village: string): string {
  const { level } = roles[role];
  if (level === 'village') return village;
  return level === 'district' ? village.slice(0, 6) : village.slice(0, 9);
}
