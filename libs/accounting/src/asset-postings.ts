import { type Chart, qualified, type Side } from './chart.js';
import { type Line, lineOf } from './line.js';

export interface Settled {
  readonly account: string;
  readonly party?: string;
}

export interface AcquisitionToPost {
  readonly asset: string;
  readonly amountFen: number;
  /** Where the cost came from: bank, a payable, construction in progress, or the reserve for what was given. */
  readonly settlement: Settled;
  readonly summary: string;
}

export interface DisposalToPost {
  readonly asset: string;
  readonly costFen: number;
  readonly accumulatedFen: number;
  readonly proceeds?: Settled & { readonly amountFen: number };
  readonly costs?: Settled & { readonly amountFen: number };
  readonly summary: string;
}

export interface DepreciationToPost {
  readonly asset: string;
  /** Who has the benefit: production cost, operating, administrative or public-welfare expenditure. */
  readonly account: string;
  readonly amountFen: number;
}

/** An asset bought, built or given, or improved (T8–T10): debit fixed assets, credit where it came from. */
export function postAcquisition({ asset, amountFen, settlement, summary }: AcquisitionToPost, chart: Chart): Line[] {
  const { account, party } = settlement;
  return [
    line(chart.roles.fixedAssets, 'debit', amountFen, { asset, summary }, chart),
    line(account, 'credit', amountFen, { party, summary }, chart),
  ];
}

/** The difference that a revaluation finds goes to the reserve, or comes out of it. */
export function postRevaluation(asset: string, differenceFen: number, summary: string, chart: Chart): Line[] {
  const amountFen = Math.abs(differenceFen);
  const [cost, reserve]: [Side, Side] = differenceFen > 0 ? ['debit', 'credit'] : ['credit', 'debit'];
  const lines = [
    line(chart.roles.fixedAssets, cost, amountFen, { asset, summary }, chart),
    line(chart.roles.reserve, reserve, amountFen, { summary }, chart),
  ];
  return differenceFen > 0 ? lines : lines.toReversed();
}

/** What a disposal leaves: proceeds less costs less what the asset still stood at; negative for a loss. */
export function disposalGainFen({ costFen, accumulatedFen, proceeds, costs }: DisposalToPost): number {
  return (proceeds?.amountFen ?? 0) - (costs?.amountFen ?? 0) - (costFen - accumulatedFen);
}

/**
 * An asset leaves the books (T12): cost and depreciation to the disposal account, proceeds and costs through it, and what
 * is left of it to other income or other expenditure, so that it stands at zero. Lines without amounts are left out.
 */
export function postDisposal(disposal: DisposalToPost, chart: Chart): Line[] {
  const { asset, costFen, accumulatedFen, proceeds, costs, summary } = disposal;
  const { fixedAssets, accumulatedDepreciation, assetDisposal, disposalGain, disposalLoss } = chart.roles;
  const of = { asset, summary };
  const through = (side: Side, amountFen: number): Line => line(assetDisposal, side, amountFen, of, chart);
  const paid = (to: Settled & { amountFen: number }, side: Side): Line =>
    line(to.account, side, to.amountFen, { summary, party: to.party }, chart);
  const gainFen = disposalGainFen(disposal);
  const lines = [
    through('debit', costFen - accumulatedFen),
    line(accumulatedDepreciation, 'debit', accumulatedFen, of, chart),
    line(fixedAssets, 'credit', costFen, of, chart),
    ...(proceeds === undefined ? [] : [paid(proceeds, 'debit'), through('credit', proceeds.amountFen)]),
    ...(costs === undefined ? [] : [through('debit', costs.amountFen), paid(costs, 'credit')]),
    ...(gainFen > 0 ? [through('debit', gainFen), line(disposalGain, 'credit', gainFen, of, chart)] : []),
    ...(gainFen < 0 ? [line(disposalLoss, 'debit', -gainFen, of, chart), through('credit', -gainFen)] : []),
  ];
  return lines.filter(({ amountFen }) => amountFen !== 0);
}

/** A month's depreciation (T11): debit by beneficiary, in the order of the accounts; a credit for every asset. */
export function postDepreciation(amounts: readonly DepreciationToPost[], summary: string, chart: Chart): Line[] {
  const byAccount = new Map<string, number>();
  for (const { account, amountFen } of amounts) byAccount.set(account, (byAccount.get(account) ?? 0) + amountFen);
  // What one asset gives back another may take.
  const debits = [...byAccount].filter(([, amountFen]) => amountFen !== 0).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [
    ...debits.map(([account, amountFen]) => line(account, 'debit', amountFen, { summary }, chart)),
    ...amounts.map(({ asset, amountFen }) =>
      line(chart.roles.accumulatedDepreciation, 'credit', amountFen, { asset, summary }, chart),
    ),
  ];
}

function line(
  account: string,
  side: Side,
  amountFen: number,
  said: Pick<Line, 'summary' | 'asset' | 'party'>,
  chart: Chart,
): Line {
  return lineOf({ account: qualified(chart.id, account), side, amountFen, ...said });
}
