import { firstDay } from '@ledger/domain';
import { isOperatingIncome } from '../account-roles.js';
import { type ReportSpans, SpanSums } from './figures.js';
import { AccountLines } from './lines.js';
import type { ReportParts } from './parts.js';
import { chartInForce } from './successors.js';

/** What is added up side by side for a place or a project. */
export class PlaceSums {
  readonly total = new SpanSums();
  readonly operating = new SpanSums();
  readonly receipts = new SpanSums();

  add(operating: boolean, sums: SpanSums): void {
    this.total.addAll(sums);
    if (operating) this.operating.addAll(sums);
  }
}

/** The sums of a report: one pass over the months of every key, then sums of sums. */
export class AddedUp {
  readonly whole = new PlaceSums();
  readonly other = new SpanSums();
  readonly lines: AccountLines;
  /** Null for what belongs to none. */
  readonly projects = new Map<string | null, PlaceSums>();
  /** By the codes of villages and townships. */
  readonly places = new Map<string, PlaceSums>();

  constructor({ income, period, villages }: ReportParts, spans: ReportSpans) {
    this.lines = new AccountLines(chartInForce(firstDay(period)));
    const townships = new Map(villages.map(({ code, township }) => [code, township]));
    const byKey = new Map<number, SpanSums>();
    for (const [key, month, ...amounts] of income.months) {
      if (month < spans.first) continue;
      let sums = byKey.get(key);
      if (sums === undefined) byKey.set(key, (sums = new SpanSums()));
      sums.addMonth(spans, month, amounts);
    }
    for (const [key, sums] of byKey) {
      const of = income.keys.get(key);
      if (of === undefined || !sums.any()) continue;
      const { role, account, project, village } = of;
      const township = townships.get(village) ?? '';
      const within = [this.whole, summed(this.places, village), summed(this.places, township)];
      if (role === 'receipt') {
        for (const place of within) place.receipts.addAll(sums);
        continue;
      }
      const operating = isOperatingIncome(account);
      for (const place of [...within, summed(this.projects, project)]) place.add(operating, sums);
      if (!operating) this.other.addAll(sums);
      this.lines.add(account, sums);
    }
  }
}

function summed<K>(by: Map<K, PlaceSums>, key: K): PlaceSums {
  let sums = by.get(key);
  if (sums === undefined) by.set(key, (sums = new PlaceSums()));
  return sums;
}
