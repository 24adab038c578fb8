import type { Fact, Gain, LocalDate, Sale, VisitorCount } from '@ledger/domain';
import { dayNumber } from './calendar.js';
import { history } from './history.js';
import { numbered } from './project-people.js';
import { register, type Row } from './register.js';

/** The sales of each project, and those withdrawn as rows that take back what they added. */
export const sale = register({
  name: 'sale',
  version: 1,
  columns: {
    project: 'text',
    sale_no: 'integer',
    position: 'integer',
    effective_on: 'integer',
    sales: 'integer',
    product: 'text',
    quantity_grams: 'integer',
    amount_fen: 'integer',
    channel: 'text',
  },
  key: ['project', 'sale_no', 'position'],
  on: {
    SaleRecorded: (fact, position) => [sold(fact, position, 1)],
    SaleWithdrawn: (fact, position) => [sold(fact, position, -1)],
  },
});

function sold({ data, effectiveOn }: Fact<string, Sale>, position: number, sign: 1 | -1): Row {
  const { project, saleNo, product, quantityGrams, amountFen, channel } = data;
  return {
    project,
    sale_no: saleNo,
    position,
    effective_on: dayNumber(effectiveOn),
    sales: sign,
    product,
    quantity_grams: quantityGrams === undefined ? null : sign * quantityGrams,
    amount_fen: sign * amountFen,
    channel,
  };
}

export interface VisitorCountState {
  readonly countNo: number;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly count: number;
  readonly source: string;
}

/** The counts of visitors of each project. */
export const visitorCount = history<VisitorCountState, VisitorCountState | { readonly withdrawn: true }>({
  name: 'visitor_count',
  version: 1,
  find: ['project'],
  on: {
    VisitorsCounted: ({ data: { project, countNo, from, to, count, source } }) => [
      { ...ofCount({ project, countNo }), change: { countNo, from, to, count, source } },
    ],
    VisitorCountWithdrawn: ({ data }) => [{ ...ofCount(data), change: { withdrawn: true } }],
  },
  evolve: (_, change) => ('withdrawn' in change ? undefined : change),
});

function ofCount({ project, countNo }: Pick<VisitorCount, 'project' | 'countNo'>) {
  return { key: numbered(project, countNo), find: { project } };
}

export interface GainState {
  readonly project: string;
  readonly gainNo: number;
  readonly year: number;
  readonly amountFen: number;
  readonly method: string;
  readonly population: { readonly of: string; readonly count: number };
  readonly household: string | null;
  /** `null` where it is told of the whole project. */
  readonly village: string | null;
}

/** The gains of years, of households and of populations; found by village and household where they are of one. */
export const gain = history<GainState, GainState | { readonly withdrawn: true }>({
  name: 'gain',
  version: 2,
  find: ['project', 'village', 'household'],
  on: {
    HouseholdGainRecorded: ({ data }) => {
      const { origin: _, household = null, village = null, ...said } = data;
      return [{ ...ofGain(data), change: { ...said, household, village } }];
    },
    HouseholdGainWithdrawn: ({ data }) => [{ ...ofGain(data), change: { withdrawn: true } }],
  },
  evolve: (_, change) => ('withdrawn' in change ? undefined : change),
});

function ofGain({ project, gainNo, village = '', household = '' }: Gain) {
  return { key: numbered(project, gainNo), find: { project, village, household } };
}
