import { charts, isUnder, parentOf } from '@ledger/accounting';
import { isCash } from '../ledger-year/cash-account.js';
import { type LocalDate, type Period, periodOf } from '../local-date.js';
import { Refusal } from '../refusal.js';
import { originOf, refuseAmount, refusePersonalData } from '../rules.js';
import { allocate, type AllocatedShare, type Share } from './allocation.js';
import { headOf, type ProposedProject, refuseDay, type Scheme } from './project.js';
import { identityOf, type ProjectSetting } from './setting.js';
import type { AdjustSettlement, SettleIncome } from './settlement-commands.js';
import type { Allocated, IncomeAllocated, IncomeReallocated, SettledShare } from './settlement-facts.js';
import { type Settled, settledOf, settledPeriods, settlementOf, termsOf } from './settled.js';
import { schemeOn } from './villages.js';

/**
 * Shares out a month's income under the scheme in force on the day on which it is recognised: once for each month, and
 * anew where nothing is left of what was settled before, as when it stood on the wrong account.
 */
export function settleIncome(command: SettleIncome, project: ProposedProject, beside: ProjectSetting): IncomeAllocated {
  const { effectiveOn, amountFen } = command;
  refuseDay(project, effectiveOn, 'begun');
  refuseIncome(amountFen);
  refuseSharedAccounts(command, beside);
  refuseStaff(command);
  const { summary, settlement } = command;
  refusePersonalData({ summary, 'settlement.party': settlement.party });
  const { id } = project.proposed;
  const period = periodOf(effectiveOn);
  const settled = settledOf(project.allocations, period);
  if (settled !== undefined && settled.amountFen !== 0) {
    const facts = { project: id, period, settledOn: settled.on, amountFen: settled.amountFen };
    throw new Refusal('INCOME_PERIOD_CLOSED', facts, 'effectiveOn');
  }
  const scheme = schemeFor(project, effectiveOn);
  const shares = withOrganizations(allocate(amountFen, scheme.shares), [inScheme(scheme)]);
  refuseOtherSums(command, shares, beside);
  const data: Allocated = {
    project: id,
    allocationNo: project.allocations.length + 1,
    period,
    amountFen,
    schemeOn: scheme.on,
    ...termsOf(command),
    shares,
    ...originOf(command),
  };
  return { type: 'IncomeAllocated', ...headOf(project, effectiveOn, villagesOf(shares)), data };
}

/** Another amount for a settled month, under the scheme in force now for its day. */
export function adjustSettlement(command: AdjustSettlement, project: ProposedProject): IncomeReallocated[] {
  const { period, amountFen, reason } = command;
  // Nothing is left of a settlement that was a mistake.
  if (amountFen !== 0) refuseIncome(amountFen);
  refuseStaff(command);
  refusePersonalData({ reason });
  const settled = settledOf(project.allocations, period);
  if (settled === undefined) {
    throw new Refusal('SETTLEMENT_UNKNOWN', { project: project.proposed.id, period }, 'period');
  }
  const { preparedBy, reviewedBy } = command;
  const terms = { ...settled.terms, preparedBy, reviewedBy };
  const facts = reallocated(project, period, { ...settled, amountFen, terms }, schemeFor(project, settled.on), {
    allocationNo: project.allocations.length + 1,
    reason,
    ...originOf(command),
  });
  if (facts.length === 0) {
    throw new Refusal('SETTLEMENT_UNCHANGED', { project: project.proposed.id, period, amountFen }, 'amountFen');
  }
  return facts;
}

/**
 * What a scheme that is dated back changes in months already settled: explicit differences, month by month, that add up
 * to zero. What was booked before stays as it is.
 */
export function reallocateUnder(scheme: Scheme, project: ProposedProject): IncomeReallocated[] {
  const reason = `分配方案自${scheme.on}起变更 · another scheme from ${scheme.on}`;
  const next = project.schemes.find(({ on }) => on > scheme.on)?.on;
  const facts: IncomeReallocated[] = [];
  for (const [period, on] of settledPeriods(project.allocations)) {
    if (on < scheme.on || (next !== undefined && on >= next)) continue;
    const settled = settledOf(project.allocations, period);
    if (settled === undefined) continue;
    const allocationNo = project.allocations.length + facts.length + 1;
    facts.push(...reallocated(project, period, settled, scheme, { allocationNo, reason }));
  }
  return facts;
}

function reallocated(
  project: ProposedProject,
  period: Period,
  { on, amountFen, terms, byVillage }: Settled,
  scheme: Scheme,
  said: Pick<IncomeReallocated['data'], 'allocationNo' | 'reason' | 'origin'>,
): IncomeReallocated[] {
  const wanted = new Map(allocate(amountFen, scheme.shares).map((share) => [share.village, share.amountFen]));
  const differences = [...new Set([...wanted.keys(), ...byVillage.keys()])]
    .map((village) => ({ village, amountFen: (wanted.get(village) ?? 0) - (byVillage.get(village) ?? 0) }))
    .filter((difference) => difference.amountFen !== 0);
  if (differences.length === 0) return [];
  // A difference goes where the share stands that it changes, whatever the new scheme says of later ones; and where
  // that share found no book, the difference finds none either, until both are asked for again.
  const shares = withOrganizations(differences, [bookedFor(project, period), inScheme(scheme)]);
  const { allocationNo, reason, origin } = said;
  const data = {
    project: project.proposed.id,
    allocationNo,
    period,
    amountFen,
    schemeOn: scheme.on,
    reason,
    ...terms,
    shares,
    ...(origin === undefined ? {} : { origin }),
  };
  return [{ type: 'IncomeReallocated', ...headOf(project, on, villagesOf(shares)), data }];
}

function schemeFor(project: ProposedProject, on: LocalDate): Scheme {
  const scheme = schemeOn(project, on);
  if (scheme !== undefined) return scheme;
  throw new Refusal('ALLOCATION_SCHEME_MISSING', { project: project.proposed.id, on }, 'effectiveOn');
}

type Organizations = ReadonlyMap<string, string | undefined>;

function inScheme({ shares }: Scheme): Organizations {
  return new Map(shares.map(({ village, organization }: Share) => [village, organization]));
}

/** In whose books the shares of a month stand, or are to stand. */
function bookedFor({ allocations }: ProposedProject, period: Period): Organizations {
  return new Map(
    settlementOf(allocations, period).flatMap(({ shares }) =>
      [...shares].map(([village, share]) => [village, share.organization]),
    ),
  );
}

/** By village code, each with what the first of the lists that knows the village says of it. */
function withOrganizations(shares: readonly AllocatedShare[], known: readonly Organizations[]): SettledShare[] {
  return shares
    .map(({ village, amountFen }) => {
      const organization = known.find((of) => of.has(village))?.get(village);
      return { village, ...(organization === undefined ? {} : { organization }), amountFen };
    })
    .toSorted((a, b) => (a.village < b.village ? -1 : 1));
}

function villagesOf(shares: readonly SettledShare[]): string[] {
  return shares.map(({ village }) => village);
}

function refuseIncome(amountFen: number): void {
  if (Number.isInteger(amountFen) && amountFen <= 0) throw new Refusal('INCOME_NEGATIVE', { amountFen }, 'amountFen');
  refuseAmount(amountFen, 'amountFen');
}

/**
 * A number can mean income in one chart and expense in another; the book decides in the end, by its own chart. What is
 * of an earlier day may stand in a book that has come to a later standard since.
 */
export function refuseSharedAccounts(
  { account, settlement, effectiveOn }: Pick<SettleIncome, 'account' | 'settlement' | 'effectiveOn'>,
  { today }: Pick<ProjectSetting, 'today'>,
): void {
  const known = Object.values(charts).filter(
    ({ inForceFrom, inForceTo }) => inForceFrom <= today && (inForceTo === undefined || effectiveOn <= inForceTo),
  );
  const named = (code: string): string =>
    known.flatMap(({ accounts }) => accounts.filter((a) => a.code === code)).at(0)?.nameZh ?? code;
  const refuseUnless = (wanted: 'income' | 'incomeSettlement', code: string, field: string): void => {
    const cash = wanted === 'incomeSettlement' && known.some(({ id }) => isCash(`${id}:${code}`));
    if (!cash && known.some(({ roles }) => isUnder(code, roles[wanted]))) return refuseSummary(code, field);
    throw new Refusal('ACCOUNT_KIND', { account: code, name: named(code), wanted }, field);
  };
  const refuseSummary = (code: string, field: string): void => {
    const listed = known.flatMap(({ accounts }) => accounts.filter((each) => each.code === code));
    if (listed.length === 0 || listed.some(({ postable }) => postable)) return;
    const below = known.flatMap(({ accounts }) => accounts.filter((each) => parentOf(each.code) === code));
    const children = [...new Set(below.map((each) => each.code))];
    throw new Refusal('ACCOUNT_NOT_LEAF', { account: code, name: named(code), children }, field);
  };
  refuseUnless('income', account, 'account');
  // Money between villages goes through the bank or is owed; nobody carries it over in notes.
  refuseUnless('incomeSettlement', settlement.account, 'settlement.account');
}

function refuseStaff({ preparedBy, reviewedBy }: { preparedBy: string; reviewedBy: string }): void {
  refusePersonalData({ preparedBy, reviewedBy });
  if (preparedBy !== reviewedBy) return;
  throw new Refusal('SAME_PERSON', { person: preparedBy, roles: ['preparedBy', 'reviewedBy'] }, 'reviewedBy');
}

function refuseOtherSums(command: SettleIncome, shares: readonly SettledShare[], beside: ProjectSetting): void {
  const { amountFen } = command;
  const stated = command.shares?.map((share) => ({ ...share, village: identityOf(share.village, beside) }));
  if (stated === undefined) return;
  const statedFen = stated.reduce((sum, share) => sum + share.amountFen, 0);
  const given = new Map(shares.map((share) => [share.village, share.amountFen]));
  const differs = stated.find(({ village, amountFen: fen }) => given.get(village) !== fen);
  const missing = shares.find(({ village }) => !stated.some((share) => share.village === village));
  const village = differs?.village ?? missing?.village;
  if (village === undefined) return;
  const facts = {
    amountFen,
    statedFen,
    village,
    shareFen: given.get(village) ?? 0,
    statedShareFen: differs?.amountFen ?? 0,
  };
  throw new Refusal('ALLOCATION_SUM_MISMATCH', facts, 'shares');
}
