import { validCreditCode } from '../organization.js';
import { Refusal } from '../refusal.js';
import { refuseChangedTerms } from '../reviewed-terms.js';
import { originOf, refusePersonalData } from '../rules.js';
import { headOf, type ProposedProject } from './project.js';
import { identityOf, type ProjectSetting, refuseOtherCollective } from './setting.js';
import { type Allocation, type AllocatedTo, termsOf } from './settled.js';
import { refuseSharedAccounts } from './settlement.js';
import { type RetryShare, TellShareBooked, type TellShareRefused } from './settlement-commands.js';
import type { ShareBooked, ShareRefused, ShareRetried } from './settlement-facts.js';
import { schemeOn } from './villages.js';

/** Asks once more for a share that was refused, and only for such a one. */
export function retryShare(command: RetryShare, project: ProposedProject, beside: ProjectSetting): ShareRetried {
  const { allocationNo } = command;
  const village = identityOf(command.village, beside);
  const { id } = project.proposed;
  const { allocation, share } = shareOf(project, allocationNo, village);
  if (share.outcome !== 'refused') {
    const facts = { project: id, allocationNo, village, outcome: share.outcome ?? 'pending' };
    throw new Refusal('SHARE_NOT_REFUSED', facts, 'village');
  }
  if (beside.sight !== undefined) refuseOtherTerms(command, share, allocation, project, beside);
  const organization = collectiveOf(command, share, allocation, project, beside);
  const { account = allocation.terms.account, settlement = allocation.terms.settlement } = command;
  refuseSharedAccounts({ account, settlement, effectiveOn: allocation.on }, beside);
  refusePersonalData({ 'settlement.party': settlement.party });
  const data = {
    project: id,
    allocationNo,
    village,
    ...(organization === undefined ? {} : { organization }),
    amountFen: share.amountFen,
    ...termsOf({ ...allocation.terms, account, settlement }),
    ...originOf(command),
  };
  return { type: 'ShareRetried', ...headOf(project, allocation.on, [village]), data };
}

/** Where there are accounts, what a reviewer has signed is booked as he signed it, or in the book that the scheme names. */
function refuseOtherTerms(
  command: RetryShare,
  share: AllocatedTo,
  allocation: Allocation,
  project: ProposedProject,
  beside: ProjectSetting,
): void {
  const { account, settlement, organization: named, ...asked } = command;
  const { terms } = allocation;
  const organization = collectiveOf(asked, share, allocation, project, beside);
  refuseChangedTerms('share', {
    organization: named !== undefined && validCreditCode(named, 'organization') !== organization,
    account: account !== undefined && account !== terms.account,
    'settlement.account': settlement !== undefined && settlement.account !== terms.settlement.account,
    'settlement.party': settlement !== undefined && settlement.party !== terms.settlement.party,
  });
}

/**
 * In whose book the share is to stand: that in which the others of its settlement stand already, because a difference in
 * another book would leave both wrong; else the one that is named, or was, or that the scheme has by now.
 */
function collectiveOf(
  command: Pick<RetryShare, 'allocationNo' | 'village' | 'organization'>,
  share: AllocatedTo,
  allocation: Allocation,
  project: ProposedProject,
  beside: ProjectSetting,
): string | undefined {
  const { allocationNo } = command;
  const village = identityOf(command.village, beside);
  const { period, settlementNo, on } = allocation;
  const holder = project.allocations
    .filter((each) => each.settlementNo === settlementNo)
    .flatMap(({ shares }) => shares.get(village) ?? [])
    .find(({ outcome, amountFen }) => outcome !== 'refused' && amountFen !== 0)?.organization;
  if (command.organization === undefined) {
    const inScheme = schemeOn(project, on)?.shares.find((each) => each.village === village)?.organization;
    return holder ?? share.organization ?? inScheme;
  }
  const named = refuseOtherCollective(command.organization, village, 'organization', beside);
  if (holder === undefined || holder === named) return named;
  const facts = { project: project.proposed.id, allocationNo, village, period, creditCode: named, holder };
  throw new Refusal('SHARE_ELSEWHERE', facts, 'organization');
}

/** What became of a share; told by the ledger itself, so there is nothing to refuse. */
export function tellShare(
  command: TellShareBooked | TellShareRefused,
  project: ProposedProject,
): ShareBooked | ShareRefused {
  const { allocationNo, village } = command;
  const head = headOf(project, shareOf(project, allocationNo, village).allocation.on, [village]);
  const of = { project: project.proposed.id, allocationNo, village, ...originOf(command) };
  if (command instanceof TellShareBooked) {
    const { book, period, voucherNo } = command;
    return { type: 'ShareBooked', ...head, data: { ...of, book, period, voucherNo } };
  }
  const { code, messageZh, messageEn } = command;
  return { type: 'ShareRefused', ...head, data: { ...of, code, messageZh, messageEn } };
}

function shareOf(
  project: ProposedProject,
  allocationNo: number,
  village: string,
): { allocation: Allocation; share: AllocatedTo } {
  const allocation = project.allocations[allocationNo - 1];
  const share = allocation?.shares.get(village);
  if (allocation === undefined || share === undefined) {
    throw new Refusal('SHARE_UNKNOWN', { project: project.proposed.id, allocationNo, village }, 'village');
  }
  return { allocation, share };
}
