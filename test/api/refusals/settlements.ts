import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningLedger } from '../../support/running-ledger.js';
import { creditCode as madeUpCode, settlementBody, type VillageBooks } from '../../support/village-books.js';
import { started } from './projects.js';
import { organization, post, type Scene, signed } from './scene.js';

interface Shared {
  readonly id: string;
  readonly path: string;
  readonly lead: string;
  readonly partner: string;
}

/** A project of two villages that share 60:40 from 2024-03-01; nobody has named the collectives yet. */
async function shared(books: VillageBooks): Promise<Shared> {
  const project = await started(books);
  const shares = [
    { village: project.lead, basisPoints: 6000 },
    { village: project.partner, basisPoints: 4000 },
  ];
  await books.accepted(`${project.path}/allocation-schemes`, { shares, effectiveOn: '2024-03-01' });
  return project;
}

/** The same with a month settled, and both shares refused, because no book was named for them. */
async function settled(books: VillageBooks, ledger: RunningLedger): Promise<Shared> {
  const project = await shared(books);
  await books.accepted(`${project.path}/settlements`, settlementBody('2024-03-31', 100_00));
  await untilTold(ledger, project);
  return project;
}

/** Waits until no share of a project, as of a position, is on its way into a book. */
async function untilTold(ledger: RunningLedger, { path }: Shared, position = 0): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    const { text } = await ledger.get(`${path}/settlements`, { 'ledger-min-position': String(position) });
    if (text.includes('"status"') && !text.includes('"pending"')) return;
    await sleep(10);
  }
  throw new Error(`${path}: shares are still on their way`);
}

/** A scene whose facts name its own project. */
function scene(said: Omit<Scene, 'status' | 'facts'> & Partial<Pick<Scene, 'status' | 'facts'>>): Scene {
  return { status: 422, facts: {}, ...said };
}

export const settlementsScenes: Readonly<Record<string, Scene>> = {
  INCOME_NEGATIVE: scene({
    facts: { amountFen: -100_00 },
    shows: ['-100.00'],
    field: 'amountFen',
    sentences: {
      zh: '待分配收入-100.00元不大于零。请填写本月确认的收入总额;亏损不作分配。',
      en: 'The income to share is -100.00 yuan, not above zero. Give all the income recognised in the month; a loss is not shared.',
    },
    request: async (books) => post(`${(await shared(books)).path}/settlements`, settlementBody('2024-03-31', -100_00)),
  }),
  INCOME_PERIOD_CLOSED: scene({
    shows: ['2024-03', '2024-03-31', '100.00'],
    field: 'effectiveOn',
    request: async (books, ledger) => {
      const { id, path } = await settled(books, ledger);
      const facts = { project: id, period: '2024-03', settledOn: '2024-03-31', amountFen: 100_00 };
      return post(`${path}/settlements`, settlementBody('2024-03-15', 50_00), { facts, shows: [id] });
    },
  }),
  ALLOCATION_SCHEME_MISSING: scene({
    shows: ['2024-03-31'],
    field: 'effectiveOn',
    request: async (books) => {
      const { id, path } = await started(books);
      const facts = { project: id, on: '2024-03-31' };
      return post(`${path}/settlements`, settlementBody('2024-03-31', 100_00), { facts, shows: [id] });
    },
  }),
  ALLOCATION_SUM_MISMATCH: scene({
    shows: ['100.00', '99.99', '39.99', '40.00'],
    field: 'shares',
    request: async (books) => {
      const { path, lead, partner } = await shared(books);
      const shares = [
        { village: lead, amountFen: 60_00 },
        { village: partner, amountFen: 39_99 },
      ];
      const facts = { amountFen: 100_00, statedFen: 99_99, village: partner, shareFen: 40_00, statedShareFen: 39_99 };
      return post(`${path}/settlements`, settlementBody('2024-03-31', 100_00, { shares }), { facts, shows: [partner] });
    },
  }),
  SETTLEMENT_UNKNOWN: scene({
    status: 404,
    shows: ['2024-04'],
    field: 'period',
    request: async (books) => {
      const { id, path } = await shared(books);
      const facts = { project: id, period: '2024-04' };
      return post(`${path}/settlements/2024-04/adjust`, signed({ amountFen: 100, reason: '补记' }), {
        facts,
        shows: [id],
      });
    },
  }),
  SETTLEMENT_UNCHANGED: scene({
    shows: ['2024-03', '100.00'],
    field: 'amountFen',
    request: async (books, ledger) => {
      const { id, path } = await settled(books, ledger);
      const facts = { project: id, period: '2024-03', amountFen: 100_00 };
      return post(`${path}/settlements/2024-03/adjust`, signed({ amountFen: 100_00, reason: '补记' }), {
        facts,
        shows: [id],
      });
    },
  }),
  SHARE_UNKNOWN: scene({
    status: 404,
    shows: ['9'],
    field: 'village',
    request: async (books, ledger) => {
      const { id, path, lead } = await settled(books, ledger);
      const facts = { project: id, allocationNo: 9, village: lead };
      return post(`${path}/shares/9/${lead}/retry`, {}, { facts, shows: [id, lead] });
    },
  }),
  SHARE_NOT_REFUSED: scene({
    shows: ['1', { zh: '已记账', en: 'is booked' }],
    field: 'village',
    request: async (books, ledger) => {
      const project = await shared(books);
      const { id, path } = project;
      const { village, creditCode } = await books.book();
      await books.accepted(`${path}/villages`, { village, effectiveOn: '2024-03-01' });
      const shares = [{ village, basisPoints: 10_000, organization: creditCode }];
      await books.accepted(`${path}/allocation-schemes`, { shares, effectiveOn: '2024-03-02' });
      await books.accepted(`${path}/settlements`, settlementBody('2024-03-31', 100_00));
      await untilTold(ledger, project);
      const facts = { project: id, allocationNo: 1, village, outcome: 'booked' };
      return post(`${path}/shares/1/${village}/retry`, {}, { facts, shows: [id, village] });
    },
  }),
  SHARE_ELSEWHERE: scene({
    shows: ['2024-03', '2'],
    field: 'organization',
    request: async (books, ledger) => {
      const project = await shared(books);
      const { id, path } = project;
      const { id: book, village, creditCode: holder } = await books.book();
      const other = madeUpCode(950);
      await books.accepted('/organizations', organization({ creditCode: other, village }));
      await books.accepted(`${path}/villages`, { village, effectiveOn: '2024-03-01' });
      const shares = [{ village, basisPoints: 10_000, organization: holder }];
      await books.accepted(`${path}/allocation-schemes`, { shares, effectiveOn: '2024-03-02' });
      await books.accepted(`${path}/settlements`, settlementBody('2024-03-31', 100_00));
      await untilTold(ledger, project);
      // So that the difference finds no account.
      await books.accepted(`/books/${book}/accounts/50106/retire`, { effectiveOn: '2024-05-01' });
      const adjusted = signed({ amountFen: 90_00, reason: '多计' });
      await untilTold(ledger, project, (await books.accepted(`${path}/settlements/2024-03/adjust`, adjusted)).position);
      const facts = { project: id, allocationNo: 2, village, period: '2024-03', creditCode: other, holder };
      const shows = [id, village, other, holder];
      return post(`${path}/shares/2/${village}/retry`, { organization: other }, { facts, shows });
    },
  }),
  ORGANIZATION_ELSEWHERE: scene({
    shows: [],
    field: 'organization',
    request: async (books, ledger) => {
      const { path, lead } = await settled(books, ledger);
      const other = await books.book();
      const facts = { creditCode: other.creditCode, village: lead, registeredIn: other.village };
      const shows = [other.creditCode, lead, other.village];
      return post(`${path}/shares/1/${lead}/retry`, { organization: other.creditCode }, { facts, shows });
    },
  }),
};
