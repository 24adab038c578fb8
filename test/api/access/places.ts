import { randomUUID } from 'node:crypto';
import type { Role } from '@ledger/domain';
import type { Asker, LedgerWithAccounts } from '../../support/ledger-with-accounts.js';
import { pdf } from '../../support/sample-files.js';
import {
  creditCode,
  gainBody,
  incomeBody,
  readingBody,
  saleBody,
  settlementBody,
  SIGNED,
  type VillageBooks,
} from '../../support/village-books.js';

/** What a village has, by which requests name it. */
export interface Place {
  readonly village: string;
  readonly organization: string;
  readonly book: string;
  readonly household: string;
  /** Led by the village, which alone takes part. */
  readonly project: string;
  readonly asset: string;
  /** Named by a voucher of the village and by a fact of its project. */
  readonly sha256: string;
  readonly grant: string;
  /** Submitted by `SUBMITTER`, and signed by nobody. */
  readonly draft: string;
  /** A village of the same township that nothing rests on. */
  readonly neighbour: string;
}

export const DAY = '2024-03-05';
export const MONTH = '2024-03';

/** A village of its own with something of everything in it. */
export async function placeOf(set: LedgerWithAccounts, township: string): Promise<Place> {
  const { books, scene } = set;
  const { id: book, village, creditCode: organization } = await books.book({ township });
  const { id: neighbourBook, village: neighbour } = await books.book({ township });
  await books.income(neighbourBook, DAY, 100_00);
  const { bytes, sha256 } = pdf(`of ${village}`);
  const stored = await scene.put(`/attachments/${sha256}`, bytes);
  if (stored.status !== 201) throw new Error(stored.text);
  await books.income(book, DAY, 500_000_00, { evidence: [sha256] });
  const household = await books.household(village, '2024-01-01');
  const project = await books.project({ leadVillage: village, effectiveOn: '2024-01-10' });
  await books.accepted(`/projects/${project}/enrolments`, { household, role: 'GROWER', effectiveOn: DAY });
  await books.accepted(`/projects/${project}/jobs`, {
    worker: 'worker-1',
    kind: 'SEASONAL',
    household,
    effectiveOn: DAY,
  });
  await books.accepted(`/projects/${project}/gains`, gainBody(DAY));
  await books.accepted(`/projects/${project}/sales`, saleBody(DAY, { evidence: [sha256] }));
  const counted = { from: '2024-03-01', to: DAY, count: 30, source: 'TICKETS' };
  await books.accepted(`/projects/${project}/visitor-counts`, counted);
  const shares = [{ village, basisPoints: 10_000 }];
  await books.accepted(`/projects/${project}/allocation-schemes`, { shares, effectiveOn: '2024-01-10' });
  await books.accepted(`/projects/${project}/settlements`, settlementBody('2024-03-31', 860_00));
  await books.accepted(`/indicators/${village}/villages/readings`, readingBody('2024-03-31'));
  const asset = await card(books, book);
  const grant = await grantOf(books, { account: `of-${village}`, role: 'VILLAGER', division: village });
  const draft = await drafted(set.as(SUBMITTER), SUBMITTER, book);
  return { village, organization, book, household, project, asset, sha256, grant, draft, neighbour };
}

/** Ids that nothing has, as they are written. */
export function nowhere(): Place {
  const { sha256 } = pdf(randomUUID());
  return {
    village: '330603099299',
    organization: creditCode(999_999),
    book: randomUUID(),
    household: randomUUID(),
    project: randomUUID(),
    asset: `${randomUUID()}-1`,
    sha256,
    grant: randomUUID(),
    draft: randomUUID(),
    neighbour: '330603099298',
  };
}

/** An accountant and a reviewer of all townships, who do what a scene wants of others. */
export const SUBMITTER = 'submitter-1';
export const RETURNER = 'returner-1';

/** What somebody submits to a book waits for others. */
export async function drafted({ post }: Pick<Asker, 'post'>, account: string, book: string): Promise<string> {
  const body = incomeBody(DAY, 100, { preparedBy: account, reviewedBy: 'reviewer-9' });
  const { status, body: said, text } = await post<{ draft: { id: string } }>(`/books/${book}/income`, body);
  if (status !== 202) throw new Error(`${status} ${text}`);
  return said.draft.id;
}

/** The account that holds a role, held it until yesterday, or holds it for the district where others hold it for less. */
export function accountOf(role: Role, grant: 'held' | 'expired' | 'of-district'): string {
  return `${grant}-${role.toLowerCase().replaceAll('_', '-')}`;
}

/** A card that is registered in a book just now. */
export async function card(books: VillageBooks, book: string): Promise<string> {
  await books.accepted(`/books/${book}/assets`, cardBody());
  return newestCard(books, book);
}

export function cardBody(by = SIGNED): object {
  return {
    name: '送货车',
    class: 'OPERATING',
    category: 'VEHICLE',
    source: 'PURCHASED',
    costFen: 1_000_00,
    residualFen: 100_00,
    lifeMonths: 48,
    depreciationAccount: '511',
    acquisition: { settlement: { account: '102' }, summary: '购置', ...by },
    effectiveOn: DAY,
  };
}

export async function grantOf(books: VillageBooks, said: Given): Promise<string> {
  const before = await grantsOf(books, said.account);
  await books.accepted('/grants', { from: '2024-01-01', ...said });
  const given = (await grantsOf(books, said.account)).find((grant) => !before.includes(grant));
  if (given === undefined) throw new Error(`${said.account} was given nothing`);
  return given;
}

interface Given {
  readonly account: string;
  readonly role: Role;
  readonly division: string;
  readonly books?: readonly string[];
  readonly household?: string;
  readonly from?: string;
  readonly to?: string;
}

async function grantsOf(books: VillageBooks, account: string): Promise<string[]> {
  const { rows } = await books.read<{ rows: { grant: string }[] }>(`/grants?account=${account}`);
  return rows.map(({ grant }) => grant);
}

/** Cards are numbered within their book. */
export async function newestCard(books: VillageBooks, book: string): Promise<string> {
  const { rows } = await books.read<{ rows: { asset: string }[] }>(`/books/${book}/assets?limit=1000`);
  const numberOf = (asset: string): number => Number(asset.slice(book.length + 1));
  return rows.map(({ asset }) => asset).toSorted((a, b) => numberOf(b) - numberOf(a))[0] ?? '';
}
