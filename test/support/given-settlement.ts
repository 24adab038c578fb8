import { expect } from '@jest/globals';
import {
  AdjustSettlement,
  decideSettlement,
  type Organization,
  type ProjectCommand,
  type ProjectFact,
  type ProjectSetting,
  type RefusalCode,
  type RefusalFacts,
  RetryShare,
  SetAllocationScheme,
  SettleIncome,
  type SettlementCommand,
  type SettlementFact,
  TellShareBooked,
  TellShareRefused,
} from '@ledger/domain';
import { refuses } from './given-ledger-year.js';
import {
  decideAfter,
  LEAD,
  PARTNER,
  PROJECT,
  projectOf,
  recorded,
  scheme,
  settingOf,
  started,
} from './given-project.js';

/** What a joint project and its settlements record. */
export type AnyFact = ProjectFact | SettlementFact;

/** On what terms a month is settled, unless a test says others. */
export const TERMS = {
  account: '50106',
  settlement: { account: '112' },
  summary: '分成',
  preparedBy: 'accountant-1',
  reviewedBy: 'reviewer-1',
};
/** The collective of the lead village. */
export const COLLECTIVE = 'N2330603MF0000013M';
/** Another legal person of the lead village. */
export const OTHER = 'N2330603MF0000021G';
const organizations = new Map(
  [COLLECTIVE, OTHER].map((creditCode): [string, Organization] => [
    creditCode,
    { registered: { creditCode, name: '合作社', village: LEAD } } as unknown as Organization,
  ]),
);

export const settle = (effectiveOn: string, amountFen: number, said: Partial<SettleIncome> = {}): SettleIncome =>
  Object.assign(new SettleIncome(), { project: PROJECT, effectiveOn, amountFen, ...TERMS, ...said });
export const adjust = (period: string, amountFen: number): AdjustSettlement =>
  Object.assign(new AdjustSettlement(), {
    project: PROJECT,
    period,
    amountFen,
    reason: '补计食堂款',
    preparedBy: 'accountant-2',
    reviewedBy: 'reviewer-1',
  });
export const retry = (allocationNo: number, village: string, organization?: string): RetryShare =>
  Object.assign(new RetryShare(), {
    project: PROJECT,
    allocationNo,
    village,
    ...(organization === undefined ? {} : { organization }),
  });
export const booked = (allocationNo: number, village: string): TellShareBooked =>
  Object.assign(new TellShareBooked(), {
    project: PROJECT,
    allocationNo,
    village,
    book: 'book-1',
    period: '2024-03',
    voucherNo: 7,
  });
export const refused = (allocationNo: number, village: string): TellShareRefused =>
  Object.assign(new TellShareRefused(), {
    project: PROJECT,
    allocationNo,
    village,
    code: 'BOOK_UNKNOWN',
    messageZh: '没有账簿',
    messageEn: 'There is no book',
  });

export const isSettling = (command: ProjectCommand | SettlementCommand): command is SettlementCommand =>
  [SettleIncome, AdjustSettlement, RetryShare, TellShareBooked, TellShareRefused].some(
    (type) => command instanceof type,
  );

/** Decides as the ledger would after these facts. */
export function decide(
  facts: readonly AnyFact[],
  command: ProjectCommand | SettlementCommand,
  said: Partial<ProjectSetting> = {},
): AnyFact[] {
  const known = facts as readonly ProjectFact[];
  if (!isSettling(command)) return decideAfter(known, command, { organizations, ...said });
  return decideSettlement(command, projectOf(known), settingOf({ organizations, ...said }));
}

/** A project that two villages share, 6 to 4, and what was done since. */
export function given(...commands: readonly (ProjectCommand | SettlementCommand)[]) {
  const before = recorded([...started('2024-01-01'), scheme('2024-01-01', { [LEAD]: 6000, [PARTNER]: 4000 })]);
  const facts = commands.reduce<AnyFact[]>((known, command) => [...known, ...decide(known, command)], before);
  return {
    when(command: ProjectCommand | SettlementCommand) {
      return {
        decided: () => decide(facts, command),
        records: (...expected: readonly object[]) => expect(decide(facts, command)).toStrictEqual(expected),
        refuses: <C extends RefusalCode>(code: C, said: RefusalFacts<C>, field?: string) =>
          refuses(() => decide(facts, command), code, said, field),
      };
    },
  };
}

/** Another scheme of the two, by the basis points of the lead village and the collective that it names. */
export const schemeOf = (effectiveOn: string, lead: number, organization?: string): SetAllocationScheme =>
  Object.assign(new SetAllocationScheme(), {
    project: PROJECT,
    effectiveOn,
    shares: [
      { village: LEAD, basisPoints: lead, ...(organization === undefined ? {} : { organization }) },
      { village: PARTNER, basisPoints: 10_000 - lead },
    ],
  });

/** What was shared or shared anew, village by village. */
export const sharesOf = (facts: readonly AnyFact[]) =>
  facts.flatMap((fact) =>
    fact.type === 'IncomeAllocated' || fact.type === 'IncomeReallocated'
      ? [
          {
            type: fact.type,
            no: fact.data.allocationNo,
            period: fact.data.period,
            on: fact.effectiveOn,
            amountFen: fact.data.amountFen,
            ...Object.fromEntries(fact.data.shares.map((share) => [share.village.slice(-3), share.amountFen])),
          },
        ]
      : [],
  );
