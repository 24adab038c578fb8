import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type FactDraft, Refusal } from '@ledger/domain';
import { type DraftStore, openDrafts, submitted } from '@ledger/drafts';
import { openMemoryLog } from '@ledger/eventlog';
import { openReadModel, type ReadModel } from '@ledger/readmodel';
import type { Permit } from '../../apps/api/src/access/permit.js';
import type { Runtime } from '../../apps/api/src/boot/runtime.js';
import { WaitingDrafts } from '../../apps/api/src/drafts/waiting-drafts.js';
import { project } from '../support/projected.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const OWN = '330603008201';
const OTHER = '330603008202';
const BOOK = 'book-1';

let directory: ReturnType<typeof temporaryDirectory>;
let drafts: DraftStore;
let views: ReadModel;

beforeEach(async () => {
  directory = temporaryDirectory();
  drafts = openDrafts(directory.path);
  await project(openMemoryLog({ now: () => 0 }), directory.path);
  views = openReadModel(directory.path);
});

afterEach(() => {
  views.close();
  drafts.close();
  directory.remove();
});

function add(id: string, more: { book?: string; command?: string; touched?: string[]; effectiveOn?: string } = {}) {
  const { book = BOOK, command = 'RecordIncome', touched = [OWN], ...day } = more;
  const said = { id, command, path: { book }, division: OWN, touched, book, summary: '租金', amountFen: 100, ...day };
  const named = { preparedBy: 'clerk-1', reviewedBy: 'reviewer-1' };
  const draft = submitted({ ...said, figures: 'a1', named }, { by: 'clerk-1', at: '2024-02-01T02:30:00.000Z' });
  drafts.add(draft, { version: 1, body: {} }, 'f'.repeat(64));
}

/** What the close of January is refused with, by somebody who keeps the books of one village. */
function refused(): object | undefined {
  const grant = { grant: 'grant-1', account: 'accountant-1', role: 'TOWN_ACCOUNTANT', from: '2024-01-01' } as const;
  const grants = [{ ...grant, division: OWN }];
  const scope = views.scopes.of(grants);
  const permit: Permit = {
    principal: { id: 'accountant-1', via: 'session' },
    grants,
    scope,
    seesAttachment: () => false,
  };
  const closed = { type: 'PeriodClosed', data: { book: BOOK, period: '2024-01' } };
  try {
    new WaitingDrafts({ drafts, views } as unknown as Runtime).refusesCloses(permit)([closed as unknown as FactDraft]);
    return undefined;
  } catch (error) {
    return (error as Refusal).facts;
  }
}

it('closes a month of which nothing waits: later ones, other books, what books nothing in it, and what names no day', () => {
  add('later', { effectiveOn: '2024-02-01' });
  add('other', { book: 'book-2', effectiveOn: '2024-01-31' });
  add('year', { command: 'CloseYear', effectiveOn: '2024-01-31' });
  add('handover', { command: 'HandOverBook', effectiveOn: '2024-01-31' });
  add('old');
  expect(refused()).toBeUndefined();
});

it('tells of drafts that the asker does not see that there are some, and nothing else', () => {
  add('shared', { touched: [OWN, OTHER], effectiveOn: '2024-01-31' });
  expect(refused()).toEqual({ book: BOOK, period: '2024-01', waiting: 0, drafts: [], others: 'some' });
  add('own', { effectiveOn: '2023-12-31' });
  expect(refused()).toEqual({ book: BOOK, period: '2024-01', waiting: 1, drafts: ['own'], others: 'some' });
});

it('names the first of many, and says how many there are', () => {
  for (let n = 0; n < 23; n++) add(`draft-${n}`, { effectiveOn: '2024-01-15' });
  const first = Array.from({ length: 20 }, (_, n) => `draft-${n}`);
  expect(refused()).toEqual({ book: BOOK, period: '2024-01', waiting: 23, drafts: first, others: 'none' });
});
