import { expect } from '@jest/globals';
import { charts, type ChartId, codeOf, type Line } from '@ledger/accounting';
import {
  ClosePeriod,
  CloseYear,
  decideLedgerYear,
  emptyBook,
  emptyLedgerYear,
  evolveBook,
  evolveLedgerYear,
  type Fact,
  type FactDraft,
  type LedgerCommand,
  type LedgerFact,
  type LedgerSetting,
  type LedgerYear,
  ledgerStream,
  openedBook,
  type OpenedBook,
  type Posting,
  PostVoucher,
  RecordExpense,
  RecordIncome,
  RecordOpeningBalances,
  Refusal,
  type RefusalCode,
  type RefusalFacts,
  ReverseVoucher,
} from '@ledger/domain';

/** The village, its book and the people of these tests. */
export const VILLAGE = '330603008201';
export const BOOK = 'book-1';
export const LEDGER_HASH = 'c'.repeat(64);

/** A fact as the log would give it back, at a revision of a stream. */
export function factOf(draft: FactDraft, stream: string, revision: number): Fact {
  return {
    id: `fact-${stream}-${revision}`,
    stream,
    revision,
    concerns: [],
    actor: 'clerk',
    commandId: 'command-1',
    causationId: null,
    correlationId: 'command-1',
    evidence: [],
    ...draft,
  };
}

export function bookOf(
  standard: ChartId = 'rural-collective-2024',
  startPeriod = '2024-01',
  more: readonly FactDraft[] = [],
): OpenedBook {
  const data = {
    book: BOOK,
    organization: 'N2330603MF0000013M',
    village: VILLAGE,
    name: '账套',
    standard,
    startPeriod,
  };
  const opened = { type: 'BookOpened', version: 1, division: VILLAGE, effectiveOn: `${startPeriod}-01`, data };
  const facts = [opened, ...more].map((draft, revision) => factOf(draft, `book-${BOOK}`, revision));
  return openedBook(facts.reduce(evolveBook, emptyBook()), BOOK);
}

export function yearOfFacts(facts: readonly LedgerFact[]): LedgerYear {
  return facts
    .map((draft, revision) => factOf(draft, ledgerStream(BOOK, 2024), revision))
    .reduce(evolveLedgerYear, emptyLedgerYear());
}

const isPosting = (fact: LedgerFact): fact is Extract<LedgerFact, { data: Posting }> =>
  'lines' in fact.data && 'kind' in fact.data;

/**
 * What decide looks at beside the year, worked out from the facts given so far as a command handler would. `said` states
 * the day, another book, what was carried in or what later years hold.
 */
export function settingOf(
  facts: readonly LedgerFact[],
  said: Partial<LedgerSetting>,
  command?: LedgerCommand,
): LedgerSetting {
  const postings = facts.filter(isPosting);
  const find = (period: string, voucherNo: number) =>
    postings.find(({ data }) => data.period === period && data.voucherNo === voucherNo);
  const closed = facts.flatMap((fact) => (fact.type === 'PeriodClosed' ? [fact.data.period] : []));
  const lastClosed = said.lastClosed ?? closed.at(-1);
  const original = command instanceof ReverseVoucher ? find(command.period, command.voucherNo) : undefined;
  return {
    today: '2024-06-15',
    demo: false,
    book: bookOf(),
    carried: new Map(),
    knowsVoucher: (period, voucherNo) => find(period, voucherNo) !== undefined,
    ledgerHash: () => LEDGER_HASH,
    ...(original === undefined ? {} : { original: { posting: original.data, effectiveOn: original.effectiveOn } }),
    ...said,
    ...(lastClosed === undefined ? {} : { lastClosed }),
  };
}

/** Decides as the ledger would after these facts. */
export function decideAfter(
  facts: readonly LedgerFact[],
  command: LedgerCommand,
  said: Partial<LedgerSetting> = {},
): LedgerFact[] {
  return decideLedgerYear(command, yearOfFacts(facts), settingOf(facts, said, command));
}

/** Records the commands one after the other and gives all facts. */
export function recorded(commands: readonly LedgerCommand[], said: Partial<LedgerSetting> = {}): LedgerFact[] {
  return commands.reduce<LedgerFact[]>((facts, command) => [...facts, ...decideAfter(facts, command, said)], []);
}

/** The case of a test: these facts stand, this is asked, that is recorded or refused. */
export function given(...facts: readonly LedgerFact[]) {
  return caseOf(facts, {});
}

function caseOf(facts: readonly LedgerFact[], said: Partial<LedgerSetting>) {
  return {
    /** The day it is, the book, what was carried in, what later years hold. */
    beside: (more: Partial<LedgerSetting>) => caseOf(facts, { ...said, ...more }),
    when(command: LedgerCommand) {
      const decide = () => decideAfter(facts, command, said);
      return {
        records: (...expected: readonly object[]) => expect(decide()).toStrictEqual(expected),
        recordsData: (...expected: readonly object[]) =>
          expect(decide().map(({ data }) => data)).toMatchObject(expected),
        refuses: <C extends RefusalCode>(code: C, caseFacts: RefusalFacts<C>, field?: string) =>
          refuses(decide, code, caseFacts, field),
      };
    },
  };
}

/** Runs a decision that must be refused with this code and exactly these facts. */
export function refuses<C extends RefusalCode>(
  decide: () => unknown,
  code: C,
  facts: RefusalFacts<C>,
  field?: string,
): void {
  let refused: unknown;
  try {
    refused = decide();
  } catch (error) {
    refused = error;
  }
  if (!(refused instanceof Refusal))
    throw new Error(`expected ${code}, got ${String(refused)} ${JSON.stringify(refused)}`);
  expect({ code: refused.code, facts: refused.facts }).toStrictEqual({ code, facts });
  if (field !== undefined) expect(refused.field).toBe(field);
}

/** Accounts are written bare in tests; the book's chart is put before them. */
export function line(
  account: string,
  side: 'debit' | 'credit',
  amountFen: number,
  summary: string,
  more: Partial<Line> = {},
): Line {
  return {
    account: account.includes(':') ? account : `rural-collective-2024:${account}`,
    side,
    amountFen,
    summary,
    ...more,
  };
}

const signed = { book: BOOK, preparedBy: 'accountant-1', reviewedBy: 'reviewer-1' };

export const income = (said: Partial<RecordIncome> = {}): RecordIncome =>
  Object.assign(new RecordIncome(), {
    ...signed,
    effectiveOn: '2024-01-20',
    account: '50102',
    amountFen: 12_800_00,
    settlement: { account: '102' },
    summary: '店面租金',
    ...said,
  });

export const expense = (said: Partial<RecordExpense> = {}): RecordExpense =>
  Object.assign(new RecordExpense(), {
    ...signed,
    effectiveOn: '2024-01-20',
    account: '51302',
    amountFen: 300_00,
    settlement: { account: '102' },
    summary: '办公用品',
    ...said,
  });

/** A voucher of `['102', 'debit', 100]` rows. */
type Row = readonly [account: string, side: 'debit' | 'credit', amountFen: number, more?: object];

export const voucher = (rows: readonly Row[], said: Partial<PostVoucher> = {}): PostVoucher =>
  Object.assign(new PostVoucher(), {
    ...signed,
    effectiveOn: '2024-01-20',
    summary: '转账',
    lines: rows.map(([account, side, amountFen, more]) => ({ account, side, amountFen, ...more })),
    ...said,
  });

export const reversal = (period: string, voucherNo: number, said: Partial<ReverseVoucher> = {}): ReverseVoucher =>
  Object.assign(new ReverseVoucher(), { ...signed, period, voucherNo, reason: '金额录错', ...said });

export const opening = (rows: readonly Row[], said: Partial<RecordOpeningBalances> = {}): RecordOpeningBalances =>
  Object.assign(new RecordOpeningBalances(), {
    ...signed,
    lines: rows.map(([account, side, amountFen, more]) => ({ account, side, amountFen, ...more })),
    ...said,
  });

export const close = (period: string, said: Partial<ClosePeriod> = {}): ClosePeriod =>
  Object.assign(new ClosePeriod(), { book: BOOK, period, closedBy: 'director-1', ...said });

export const yearClose = (year: number, said: Partial<CloseYear> = {}): CloseYear =>
  Object.assign(new CloseYear(), { ...signed, year, closedBy: 'director-1', ...said });

/** The facts of a month closed without a decision, for months that only have to be over. */
export const closed = (period: string): LedgerFact => ({
  type: 'PeriodClosed',
  version: 1,
  division: VILLAGE,
  effectiveOn: `${period}-28`,
  data: { book: BOOK, period, closedBy: 'director-1', vouchers: 0, ledgerHash: LEDGER_HASH, balances: [] },
});

/** Every account of the chart that the posting rules take, for properties. */
export const leavesUnder = (standard: ChartId, roles: readonly string[]): string[] =>
  charts[standard].accounts
    .filter(({ code, postable }) => postable && roles.some((role) => codeOf(code).startsWith(role)))
    .map(({ code }) => code);
