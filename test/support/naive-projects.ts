/** What a patient person with the facts of projects, paper and a pencil would answer. It knows nothing of the program. */
export interface NaiveFact {
  readonly position: number;
  readonly type: string;
  readonly effectiveOn: string;
  readonly data: Record<string, unknown> & { readonly project: string };
}

interface Times {
  readonly asOf: string;
  readonly knownAt: number;
}

type Counted = Record<string, { enrolled: number; jobs: number }>;

const STATUS: Record<string, string> = {
  ProjectProposed: 'proposed',
  ProjectApproved: 'approved',
  ProjectStarted: 'active',
  ProjectSuspended: 'suspended',
  ProjectResumed: 'active',
  ProjectCompleted: 'completed',
  ProjectClosed: 'closed',
};
const NUMBERS: Record<string, string> = {
  Sale: 'saleNo',
  VisitorCount: 'countNo',
  Job: 'jobNo',
  HouseholdGain: 'gainNo',
};

export class NaiveProjects {
  constructor(private readonly facts: readonly NaiveFact[]) {}

  /** Everything that both times leave of a project, with the life that it had by then. */
  project(id: string, times: Times) {
    const facts = this.#of(id, times);
    let status: string | undefined;
    let shares: unknown;
    const villages = new Set<string>();
    const households = new Map<string, Record<string, unknown>>();
    const jobs = new Map<number, Record<string, unknown>>();
    for (const { type, data } of facts) {
      status = STATUS[type] ?? status;
      if (type === 'ProjectProposed') for (const village of data['villages'] as string[]) villages.add(village);
      if (type === 'VillageJoined') villages.add(String(data['village']));
      if (type === 'VillageLeft') villages.delete(String(data['village']));
      if (type === 'AllocationSchemeSet') shares = data['shares'];
      if (type === 'HouseholdEnrolled') households.set(String(data['household']), data);
      if (type === 'HouseholdWithdrawn') households.delete(String(data['household']));
      if (type === 'JobRecorded') jobs.set(Number(data['jobNo']), data);
      if (type === 'JobEnded') jobs.delete(Number(data['jobNo']));
    }
    const sales = facts.filter(({ type }) => type === 'SaleRecorded').map(({ data }) => data);
    const counts = facts.filter(({ type }) => type === 'VisitorsCounted').map(({ data }) => Number(data['count']));
    const gains = facts
      .filter(({ type }) => type === 'HouseholdGainRecorded')
      .map(({ data }) => Number(data['gainNo']));
    return {
      status,
      shares,
      villages: [...villages].toSorted(),
      enrolled: [...households.keys()].toSorted(),
      jobs: [...jobs.keys()].toSorted((a, b) => a - b),
      counts: counted([...households.values()], [...jobs.values()]),
      products: byProduct(sales),
      sales: sales.map((data) => Number(data['saleNo'])).toSorted((a, b) => a - b),
      visitors: counts.reduce((sum, count) => sum + count, 0),
      gains: gains.toSorted((a, b) => a - b),
    };
  }

  /** In the order of days, without what was known to be withdrawn. */
  #of(id: string, { asOf, knownAt }: Times): NaiveFact[] {
    const known = this.facts.filter(({ position, data }) => position <= knownAt && data.project === id);
    const withdrawn = known.filter(({ type }) => numberOf(type, 'Withdrawn') !== undefined);
    const gone = new Set(withdrawn.map(({ type, data }) => nameOf(type, 'Withdrawn', data)));
    return known
      .filter(({ effectiveOn }) => effectiveOn <= asOf)
      .filter(({ type, data }) => !gone.has(nameOf(type, /Recorded|Counted|Ended/, data)))
      .filter(({ type }) => numberOf(type, 'Withdrawn') === undefined)
      .toSorted((a, b) =>
        a.effectiveOn === b.effectiveOn ? a.position - b.position : a.effectiveOn < b.effectiveOn ? -1 : 1,
      );
  }
}

function recordOf(type: string, ending: string | RegExp): string {
  const record = type.replace(ending, '');
  return record === 'Visitors' ? 'VisitorCount' : record;
}

function numberOf(type: string, ending: string | RegExp): string | undefined {
  return NUMBERS[recordOf(type, ending)];
}

function nameOf(type: string, ending: string | RegExp, data: Record<string, unknown>): string {
  const number = numberOf(type, ending);
  return number === undefined ? '' : `${recordOf(type, ending)} ${String(data[number])}`;
}

function counted(households: readonly Record<string, unknown>[], jobs: readonly Record<string, unknown>[]): Counted {
  const counts: Counted = {};
  for (const [of, all] of [['enrolled', households] as const, ['jobs', jobs] as const]) {
    for (const data of all) (counts[String(data['village'])] ??= { enrolled: 0, jobs: 0 })[of]++;
  }
  return counts;
}

function byProduct(sales: readonly Record<string, unknown>[]) {
  const products: Record<string, { sales: number; quantityGrams: number; amountFen: number }> = {};
  for (const data of sales) {
    const sum = (products[String(data['product'])] ??= { sales: 0, quantityGrams: 0, amountFen: 0 });
    sum.sales++;
    sum.quantityGrams += Number(data['quantityGrams'] ?? 0);
    sum.amountFen += Number(data['amountFen']);
  }
  return products;
}
