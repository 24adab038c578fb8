import {
  balancesAt,
  ClosePeriod,
  CloseYear,
  decideLedgerYear,
  december,
  emptyLedgerYear,
  evolveLedgerYear,
  type FactDraft,
  type LedgerCommand,
  type LedgerSetting,
  ledgerStream,
  type LedgerYear,
  type LocalDate,
  type OpenedBook,
  type Period,
  type Posting,
  type PostingCommand,
  PostVoucher,
  periodFor,
  periodOf,
  RecordOpeningBalances,
  revisionOf,
  revisionsOf,
  type VoucherRef,
  yearOf,
} from '@ledger/domain';
import { NO_STREAM } from '@ledger/eventlog';
import { hashOfLeaves } from '@ledger/transparency';
import { asFact } from './district.js';
import type { Recorder } from './recorder.js';

const OWED_KEPT = 20;

interface Year {
  state: LedgerYear;
  revision: number;
}

/** One village's book through its years. Every fact is decided by the domain, as it would be for a request. */
export class VillageBook {
  readonly #years = new Map<number, Year>();
  #lastClosed: Period | undefined;
  /** Incomes to be received. */
  readonly #owed: VoucherRef[] = [];
  entries = 0;
  /** Entries whose business day lies in a month before that of the day they were made. */
  lateEntries = 0;

  constructor(
    readonly opened: OpenedBook,
    private readonly recorder: Recorder,
  ) {}

  async open(): Promise<void> {
    const lines = [
      { account: '102', side: 'debit' as const, amountFen: 50_000_000 },
      { account: '101', side: 'debit' as const, amountFen: 2_000_000 },
      { account: '301', side: 'credit' as const, amountFen: 52_000_000 },
    ];
    const command = Object.assign(new RecordOpeningBalances(), { ...this.#signed(), lines });
    const { startPeriod } = this.opened;
    await this.#decide(command, yearOf(startPeriod), `${startPeriod}-01`, { laterYears: [] });
  }

  async post(command: PostingCommand, today: LocalDate): Promise<void> {
    const { startPeriod } = this.opened;
    const months = { startPeriod, today, ...this.#closed() };
    // A reason is given only for a month that is closed.
    if (this.#lastClosed === undefined || periodOf(command.effectiveOn) > this.#lastClosed) delete command.correction;
    if (command instanceof PostVoucher) this.#settle(command);
    this.entries++;
    if (periodOf(command.effectiveOn) < periodOf(today)) this.lateEntries++;
    await this.#decide(command, yearOf(periodFor(command.effectiveOn, command.correction, months).period), today, {});
  }

  /** Most receipts say which income they are for: one of the newest that were not paid at once. */
  #settle(command: PostVoucher): void {
    // Earlier years are no longer at hand.
    while (this.#owed[0] !== undefined && yearOf(this.#owed[0].period) < yearOf(command.effectiveOn))
      this.#owed.shift();
    const settles = this.#owed.length % 5 === 0 ? undefined : this.#owed.shift();
    const receipt = command.lines.find(({ account, side }) => account === '112' && side === 'credit');
    if (settles !== undefined && receipt !== undefined) receipt.settles = settles;
  }

  /** Closes a month; December through its year, whose state is then no longer needed except for what it left. */
  async close(period: Period, today: LocalDate): Promise<void> {
    const number = yearOf(period);
    const year = this.#year(number).state;
    const hash = await this.#hashOf(period, year);
    const closing = { book: this.opened.id, closedBy: 'director-1' };
    if (period === december(number)) {
      const command = Object.assign(new CloseYear(), { ...this.#signed(), ...closing, year: number });
      await this.#decide(command, number, today, {
        ledgerHash: () => hash,
        laterYears: [this.#year(number + 1).state],
      });
      this.#years.delete(number - 1);
    } else {
      const command = Object.assign(new ClosePeriod(), { ...closing, period });
      await this.#decide(command, number, today, { ledgerHash: () => hash });
    }
    this.#lastClosed = period;
  }

  async #decide(command: LedgerCommand, number: number, today: LocalDate, more: Partial<LedgerSetting>): Promise<void> {
    const year = this.#year(number);
    const setting: LedgerSetting = {
      today,
      demo: false,
      book: this.opened,
      carried: this.#carriedInto(number),
      knowsVoucher: (period, voucherNo) =>
        revisionOf(this.#year(yearOf(period)).state, { period, voucherNo }) !== undefined,
      ...this.#closed(),
      ...more,
    };
    const facts: readonly FactDraft[] = decideLedgerYear(command, year.state, setting);
    const before = year.revision;
    // Taken over before the append is answered: the next decision of this book may come in the same group commit.
    facts.forEach((fact, i) => (year.state = evolveLedgerYear(year.state, asFact(fact, before + 1 + i))));
    year.revision += facts.length;
    for (const { type, data } of facts) {
      if (type !== 'IncomeRecorded') continue;
      const { period, voucherNo, lines } = data as Posting;
      if (lines[0]?.account.endsWith(':112') !== true) continue;
      this.#owed.push({ period, voucherNo });
      if (this.#owed.length > OWED_KEPT) this.#owed.shift();
    }
    await this.recorder.record(ledgerStream(this.opened.id, number), before, facts);
  }

  #carriedInto(number: number): ReadonlyMap<string, number> {
    if (number <= yearOf(this.opened.startPeriod)) return new Map();
    const before = this.#year(number - 1).state;
    return before.closingBalances ?? balancesAt(before, this.#carriedInto(number - 1), december(number - 1));
  }

  async #hashOf(period: Period, year: LedgerYear): Promise<string> {
    const revisions = new Set(revisionsOf(year, period));
    if (revisions.size === 0) return hashOfLeaves([]);
    const first = Math.min(...revisions);
    const stream = ledgerStream(this.opened.id, yearOf(period));
    const facts = await this.recorder.log.readStream(stream, first, Math.max(...revisions) - first + 1);
    return hashOfLeaves(facts.filter((_, i) => revisions.has(first + i)).map(({ leaf }) => leaf));
  }

  #year(number: number): Year {
    let year = this.#years.get(number);
    if (year === undefined) {
      year = { state: emptyLedgerYear(), revision: NO_STREAM };
      this.#years.set(number, year);
    }
    return year;
  }

  #closed(): { lastClosed?: Period } {
    return this.#lastClosed === undefined ? {} : { lastClosed: this.#lastClosed };
  }

  #signed() {
    return { book: this.opened.id, preparedBy: 'accountant-1', reviewedBy: 'reviewer-1' };
  }
}
