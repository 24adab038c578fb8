import { type DepreciationToPost, postDepreciation, succeedingCharge } from '@ledger/accounting';
import { accumulatedOf, assetNumber, type AssetCard, type Assets, depreciationOf } from '../asset/assets.js';
import { lastDay, type Period } from '../local-date.js';
import { Refusal } from '../refusal.js';
import { originOf, refuseFuture, refusePersonalData } from '../rules.js';
import type { RunDepreciation } from './commands.js';
import type { DepreciationRecorded, Posting, VoucherRef } from './facts.js';
import { inParts } from './parts.js';
import { periodFor } from './periods.js';
import { accountOfKind, entryHead, refuseCashAndOverflow, signatures } from './posting.js';
import { type LedgerSetting, monthsOf } from './setting.js';
import type { LedgerYear } from './year.js';

/**
 * A month's depreciation of every asset of the book that has none for it yet: one voucher, with a line for each. It is
 * dated to the last day of its month, which must be over, so that the cards at that day and the books say the same.
 */
export function runDepreciation(
  command: RunDepreciation,
  year: LedgerYear,
  beside: LedgerSetting,
): DepreciationRecorded[] {
  const { period: month, correction } = command;
  const summary = command.summary ?? `计提${Number(month.slice(5))}月份折旧`;
  const effectiveOn = lastDay(month);
  refuseFuture(effectiveOn, beside.today, 'period');
  refusePersonalData({ summary, 'correction.reason': correction?.reason });
  const { period, corrects } = periodFor(effectiveOn, correction, monthsOf(beside));
  const due = dueIn(month, command.account, beside);
  const posting: Posting = {
    ...entryHead(command, period, effectiveOn, year, beside),
    kind: 'ordinary',
    summary,
    lines: postDepreciation(due, summary, beside.book.chart),
    ...signatures(command),
    ...(corrects === undefined ? {} : { corrects }),
    ...originOf(command),
  };
  refuseCashAndOverflow(posting, year, beside);
  const division = beside.book.village;
  return inParts(posting).map((data) => ({ type: 'DepreciationRecorded', version: 1, division, effectiveOn, data }));
}

function dueIn(month: Period, account: string, beside: LedgerSetting): DepreciationToPost[] {
  const booked = new BookedDepreciation(beside.bookYears ?? []);
  const accounts = new Map<string, string>();
  const charged = (text: string, field: string): string => {
    const code = accounts.get(text) ?? accountOfKind('depreciationCharge', text, beside, field);
    accounts.set(text, code);
    return code;
  };
  charged(account, 'account');
  const due: DepreciationToPost[] = [];
  for (const card of cardsOf(beside.assets)) {
    if (booked.in(month, card) !== undefined) continue;
    const amountFen = amountOf(card, month, booked);
    if (amountFen === 0) continue;
    // A card's own account is of the standard under which the card was written.
    const own = succeedingCharge(card.depreciationAccount ?? account, beside.book.chart);
    due.push({ asset: card.asset, account: charged(own, 'account'), amountFen });
  }
  if (due.length > 0) return due;
  const by = booked.voucherOf(month);
  if (by === undefined) throw new Refusal('NOTHING_TO_DEPRECIATE', { period: month }, 'period');
  const facts = { period: month, byPeriod: by.period, byVoucherNo: by.voucherNo };
  throw new Refusal('DEPRECIATION_DUPLICATE_PERIOD', facts, 'period');
}

/**
 * The month's own depreciation, and what the runs of earlier months booked otherwise than the card now says: an
 * improvement recorded late changes months that were run, and a run is never repeated for what it has booked. In red
 * where they booked too much, as after a disposal recorded late; never more than the card leaves to depreciate.
 */
function amountOf(card: AssetCard, month: Period, booked: BookedDepreciation): number {
  let amountFen = depreciationOf(card, month);
  let leftFen = accumulatedOf(card, END_OF_TIME) - accumulatedOf(card, START_OF_TIME);
  for (const [run, fen] of booked.of(card)) {
    leftFen -= fen;
    if (run < month) amountFen += depreciationOf(card, run) - fen;
  }
  return Math.min(amountFen, leftFen);
}

const START_OF_TIME: Period = '0001-01';
const END_OF_TIME: Period = '9999-12';

function cardsOf(assets: Assets | undefined): AssetCard[] {
  const cards = [...(assets?.cards.values() ?? [])];
  return cards.toSorted((a, b) => assetNumber(a.asset) - assetNumber(b.asset));
}

/** What the years of a book have booked, by asset and by the month that it is for, wherever the voucher stands. */
class BookedDepreciation {
  constructor(private readonly years: readonly LedgerYear[]) {}

  in(month: Period, { asset }: AssetCard): number | undefined {
    for (const { depreciation } of this.years) {
      const fen = depreciation.get(month)?.byAsset.get(assetNumber(asset));
      if (fen !== undefined) return fen;
    }
    return undefined;
  }

  of({ asset }: AssetCard): [Period, number][] {
    const number = assetNumber(asset);
    return this.years.flatMap(({ depreciation }) =>
      [...depreciation].flatMap(([month, { byAsset }]): [Period, number][] => {
        const fen = byAsset.get(number);
        return fen === undefined ? [] : [[month, fen]];
      }),
    );
  }

  voucherOf(month: Period): VoucherRef | undefined {
    return this.years.map(({ depreciation }) => depreciation.get(month)?.voucher).find((voucher) => voucher);
  }
}
