import { expect } from '@jest/globals';
import {
  type Aggregate,
  assetAggregate,
  bookAggregate,
  CommandHandling,
  divisionAggregate,
  ledgerAggregate,
  ledgerOrigin,
  organizationAggregate,
} from '@ledger/commands';
import {
  AddAccount,
  type BalanceAllocation,
  ClosePeriod,
  CloseYear,
  type Command,
  commandIdOf,
  ConvertStandard,
  fingerprintOf,
  type LedgerCommand,
  MergeVillages,
  nextPeriod,
  OpenBook,
  type OrganizationKind,
  PostVoucher,
  RecodeDivision,
  RecordExpense,
  RecordIncome,
  RecordOpeningBalances,
  Refusal,
  type RefusalFacts,
  RegisterAsset,
  RegisterDivision,
  RegisterOrganization,
  RenameDivision,
  ReverseVoucher,
  shanghaiDate,
} from '@ledger/domain';
import { type EventLog, openMemoryLog } from '@ledger/eventlog';
import type { NaiveFact } from '../support/naive-replay.js';
import { type ScriptedClock, scriptedClock } from '../../apps/ledger/src/demo/recording/scripted-clock.js';
import { creditCode } from '../support/village-books.js';
import { CHARTS, type Entries } from './entries.js';
import type { Beginning, History, Turn } from './histories.js';

export const DISTRICT = '330603000000';
const TOWNSHIPS = ['330603008000', '330603002000'];
/** The second village is registered only in the middle of 2022. */
const VILLAGES = [
  { code: '330603008201', from: '2021-01-01' },
  { code: '330603002202', from: '2022-06-15' },
] as const;
const DIVISIONS = [DISTRICT, ...TOWNSHIPS, ...VILLAGES.map(({ code }) => code)];

const SIGNED = { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1' };
const OPENED_ON = '2022-10-05';
const LAST_DAY = '2025-12-30';

/** A history as it was recorded. */
export interface Telling {
  readonly log: EventLog;
  readonly facts: readonly NaiveFact[];
  readonly books: readonly { readonly id: string; readonly startPeriod: string }[];
  /** Every code that was ever given. */
  readonly divisions: readonly string[];
  readonly commands: number;
  readonly refused: number;
}

interface StoryBook {
  readonly id: string;
  readonly startPeriod: string;
  entries: Entries;
  readonly vouchers: { period: string; voucherNo: number }[];
  oldestOpen: string;
}

/** Tells a history to a ledger in memory, by commands as people would send them. */
export async function tell(history: History): Promise<Telling> {
  const story = new VillageStory();
  await story.begin(history.beginning);
  const middle = Math.floor(history.turns.length * 0.45);
  for (const [index, turn] of history.turns.entries()) {
    if (index === middle) await story.openThird(history.beginning);
    await story.take(turn);
  }
  return story.told();
}

class VillageStory {
  readonly #clock: ScriptedClock = scriptedClock(Date.parse(`${OPENED_ON}T09:00:00+08:00`));
  readonly #log = openMemoryLog(this.#clock);
  readonly #handling = new CommandHandling(this.#log, { demo: false });
  readonly #books: StoryBook[] = [];
  readonly #facts: NaiveFact[] = [];
  #commands = 0;
  #refused = 0;
  /** Of the last command, where it was refused. */
  #refusal: Refusal | undefined;

  async begin(beginning: Beginning): Promise<void> {
    await ledgerOrigin(this.#log, { name: 'histories.example', demo: false });
    const divisions = [DISTRICT, ...TOWNSHIPS].map((code) => ({ code, from: '2021-01-01' }));
    for (const { code, from } of [...divisions, ...VILLAGES]) {
      await this.#ask(divisionAggregate, RegisterDivision, { code, name: `示例${code.slice(8)}`, effectiveOn: from });
    }
    const [village, inside] = beginning.starts;
    await this.#open(0, `2022-0${1 + village}`, 'COLLECTIVE', beginning);
    await this.#open(1, `2022-0${6 + (inside % 4)}`, 'COLLECTIVE', beginning);
  }

  async openThird(beginning: Beginning): Promise<void> {
    const startPeriod = `2024-0${1 + beginning.starts[2]}`;
    if (this.#today < `${startPeriod}-15`) this.#wakeOn(`${startPeriod}-15`);
    await this.#open(2, startPeriod, beginning.committee ? 'VILLAGE_COMMITTEE' : 'COLLECTIVE', beginning);
  }

  async take(turn: Turn): Promise<void> {
    this.#pass(turn.wait < 8 ? 30 + 5 * turn.wait : turn.wait % 9);
    const book = this.#books[turn.book % this.#books.length];
    if (book === undefined) return;
    const { id } = book;
    const { entries } = book;
    const said = { book: id, ...SIGNED, ...this.#day(turn, book), summary: '记账' };
    if (turn.what < 2) await this.#recode(turn);
    else if (turn.what < 4 && turn.other < 70) await this.#merge(turn);
    else if (turn.what < 31) await this.#ledger(book, RecordIncome, { ...said, ...entries.income(turn) });
    else if (turn.what < 52) await this.#ledger(book, RecordExpense, { ...said, ...entries.expense(turn) });
    else if (turn.what < 66)
      await this.#ledger(book, PostVoucher, { ...said, lines: entries.voucher(turn, `${id}-1`) });
    else if (turn.what < 78) await this.#reverse(turn, book);
    else if (turn.what < 81) await this.#convert(book);
    else if (turn.what < 90) await this.#close(book, turn.other < 25);
    else if (turn.what < 96) await this.#closeYear(turn, book);
    else if (turn.what < 98) {
      const code = DIVISIONS[turn.other % DIVISIONS.length] ?? '';
      await this.#ask(divisionAggregate, RenameDivision, { code, name: `改名${turn.day}`, effectiveOn: this.#today });
    } else {
      const code = `50${turn.other % 2}${20 + (turn.account % 10)}`;
      await this.#ask(bookAggregate, AddAccount, { book: id, code, name: '新科目', effectiveOn: this.#today });
    }
  }

  told(): Telling {
    return {
      log: this.#log,
      facts: this.#facts,
      books: this.#books,
      divisions: this.#codes,
      commands: this.#commands,
      refused: this.#refused,
    };
  }

  async #open(nth: number, startPeriod: string, kind: OrganizationKind, beginning: Beginning): Promise<void> {
    const village = VILLAGES[nth === 1 ? 1 : 0];
    const organization = creditCode(nth, kind === 'COLLECTIVE' ? 'N2' : '54');
    const registered = { creditCode: organization, name: `示例${nth}`, kind, village: village.code };
    await this.#ask(organizationAggregate, RegisterOrganization, { ...registered, effectiveOn: village.from });
    const standard = startPeriod < '2024' ? 'village-2004' : 'rural-collective-2024';
    const opened = { organization, name: `示例账套${nth}`, standard, startPeriod } as const;
    const [fact] = await this.#ask(bookAggregate, OpenBook, opened);
    // The village may have been merged by then.
    if (fact === undefined) return;
    const id = fact.data.book;
    const book = { id, startPeriod, entries: CHARTS[standard], vouchers: [], oldestOpen: startPeriod };
    this.#books.push(book);
    // Lines on the accounts of assets name one of the book.
    const hall = { book: id, name: '文化礼堂', class: 'NON_OPERATING', category: 'BUILDING', source: 'BUILT' } as const;
    await this.#ask(assetAggregate, RegisterAsset, { ...hall, effectiveOn: village.from });
    if (beginning.openings[nth] !== true) return;
    const lines = book.entries.opening(startPeriod.endsWith('-01'), beginning.parties);
    await this.#ledger(book, RecordOpeningBalances, { book: id, ...SIGNED, lines });
  }

  /** Mostly of these weeks, sometimes of any month since the start, now and then of a day that must be refused. */
  #day(turn: Turn, book: StoryBook): { effectiveOn: string; correction?: { reason: string } } {
    const [mode, back] = [turn.day % 20, Math.floor(turn.day / 20)];
    const sinceStart = Math.round((Date.parse(this.#today) - Date.parse(`${book.startPeriod}-01`)) / 86_400_000) + 1;
    const days = mode < 10 ? back % 20 : mode < 14 ? back % 90 : mode < 19 ? back % sinceStart : (back % 60) - 20;
    const effectiveOn = shanghaiDate(this.#clock.now() - days * 86_400_000);
    // Now and then a correction is forgotten, or given where none is needed; both are refused.
    const closed = effectiveOn.slice(0, 7) < book.oldestOpen;
    return closed === (turn.other % 10 === 0)
      ? { effectiveOn }
      : { effectiveOn, correction: { reason: '补记漏记单据' } };
  }

  async #reverse(turn: Turn, book: StoryBook): Promise<void> {
    const ref = book.vouchers.at(-1 - (turn.account % 20)) ?? book.vouchers[0];
    if (ref !== undefined)
      await this.#ledger(book, ReverseVoucher, { book: book.id, ...SIGNED, ...ref, reason: '重复入账' });
  }

  /** A township or a village has a new code from a day of the last months on. Many a code is no longer its own then. */
  async #recode(turn: Turn): Promise<void> {
    const effectiveOn = shanghaiDate(this.#clock.now() - (turn.day % 300) * 86_400_000);
    const codes = this.#codes.filter((code) => code !== DISTRICT);
    const code = codes[turn.account % codes.length] ?? '';
    const number = String(10 + (turn.amountFen % 80));
    const township = codes.filter((of) => of.endsWith('000'))[turn.other % 2] ?? '';
    const newCode = code.endsWith('000') ? `3306030${number}` : `${township.slice(0, 9)}2${number}`;
    await this.#ask(divisionAggregate, RecodeDivision, { code, newCode, effectiveOn });
  }

  /** Tries the codes that the villages have had until two of them hold on the day. */
  async #merge(turn: Turn): Promise<void> {
    const effectiveOn = shanghaiDate(this.#clock.now() - (turn.day % 300) * 86_400_000);
    const villages = this.#codes.filter((code) => !code.endsWith('000'));
    for (const [i, to] of villages.entries()) {
      const from = [villages[(i + turn.account) % villages.length] ?? ''];
      if ((await this.#ask(divisionAggregate, MergeVillages, { from, to, effectiveOn })).length > 0) return;
    }
  }

  get #codes(): string[] {
    const recoded = this.#facts.filter(({ type }) => type === 'DivisionRecoded');
    const given = recoded.flatMap(({ data }) => [data.newCode, ...data.villages.map(({ newCode }) => newCode)]);
    return [...new Set([...DIVISIONS, ...given])];
  }

  /** A month is closed some weeks after its end; a hasty officer closes it at once. */
  async #close(book: StoryBook, hasty: boolean): Promise<void> {
    const period = book.oldestOpen;
    if (!hasty && `${period}-31` > shanghaiDate(this.#clock.now() - 15 * 86_400_000)) return;
    await this.#ledger(book, ClosePeriod, { book: book.id, period, closedBy: 'head-1' });
  }

  async #closeYear(turn: Turn, book: StoryBook): Promise<void> {
    const year = Number(book.oldestOpen.slice(0, 4));
    if (this.#today < `${year}-12-20`) return this.#close(book, false);
    while (!book.oldestOpen.endsWith('-12')) {
      const before = book.oldestOpen;
      await this.#ledger(book, ClosePeriod, { book: book.id, period: before, closedBy: 'head-1' });
      if (book.oldestOpen === before) return;
    }
    const appropriations = book.entries.appropriations(turn);
    await this.#ledger(book, CloseYear, { book: book.id, year, closedBy: 'head-1', ...SIGNED, appropriations });
    // Mostly the officer goes on at once; else what is sent meanwhile for the new year is refused.
    if (turn.other % 4 > 0) await this.#convert(book);
  }

  /** What the first try is refused for says what an officer must allocate. */
  async #convert(book: StoryBook): Promise<void> {
    const said = { book: book.id, ...SIGNED, from: '2024-01' };
    await this.#ledger(book, ConvertStandard, said);
    const { code, facts } = this.#refusal ?? {};
    if (code !== 'CONVERSION_INCOMPLETE') return;
    const { accounts } = facts as RefusalFacts<typeof code>;
    await this.#ledger(book, ConvertStandard, { ...said, allocations: accounts.flatMap(halves) });
  }

  async #ledger<C extends LedgerCommand>(book: StoryBook, type: new () => C, fields: Partial<C>): Promise<void> {
    for (const fact of await this.#ask(ledgerAggregate, type, fields)) {
      const { period, voucherNo } = fact.data;
      if (fact.type === 'StandardConverted') book.entries = CHARTS['rural-collective-2024'];
      else if (fact.type === 'PeriodClosed') book.oldestOpen = nextPeriod(period);
      else if (fact.data.kind === 'ordinary') book.vouchers.push({ period, voucherNo });
    }
  }

  /** The facts that a command recorded. A refused one leaves nothing, and is no part of the history. */
  async #ask<C extends A, A extends Command>(
    aggregate: Aggregate<A>,
    type: new () => C,
    fields: Partial<C>,
  ): Promise<NaiveFact[]> {
    const idempotencyKey = `command-${++this.#commands}`;
    const commandId = commandIdOf('teller', idempotencyKey);
    const context = { actor: 'teller', idempotencyKey, commandId, fingerprint: fingerprintOf(type.name, fields) };
    const before = await this.#log.head();
    this.#refusal = undefined;
    try {
      await this.#handling.handle(aggregate, Object.assign(new type(), fields, { context }));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#refusal = error;
      this.#refused++;
      expect(await this.#log.head()).toBe(before);
    }
    const recorded = await this.#log.readAfter(this.#facts.length, 1000);
    const facts = recorded.map(({ position, fact }) => ({ ...(JSON.parse(fact) as NaiveFact), position }));
    this.#facts.push(...facts);
    return facts;
  }

  get #today(): string {
    return shanghaiDate(this.#clock.now());
  }

  #pass(days: number): void {
    const next = shanghaiDate(this.#clock.now() + days * 86_400_000);
    this.#wakeOn(next < LAST_DAY ? next : LAST_DAY);
  }

  #wakeOn(day: string): void {
    this.#clock.set(Date.parse(`${day}T09:00:00+08:00`));
  }
}

/** Half of a balance to the first account that it may go to and the rest to the last, which may be the same. */
function halves(open: RefusalFacts<'CONVERSION_INCOMPLETE'>['accounts'][number]): BalanceAllocation[] {
  const { account, party, grant, balanceFen, targets } = open;
  const of = { account, ...(party === undefined ? {} : { party }), ...(grant === undefined ? {} : { grant }) };
  const wholeFen = Math.abs(balanceFen);
  const halfFen = Math.ceil(wholeFen / 2);
  const parts = [
    { ...of, to: targets[0] ?? '', amountFen: halfFen },
    { ...of, to: targets.at(-1) ?? '', amountFen: wholeFen - halfFen },
  ];
  return parts.filter(({ amountFen }) => amountFen > 0);
}
