import { Refusal } from '../refusal.js';
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
  const inScheme = schemeOn(project, allocation.on)?.shares.find((each) => each.village === village)?.organization;
  const organization =
    command.organization === undefined
      ? (share.organization ?? inScheme)
      : refuseOtherCollective(command.organization, village, 'organization', beside);
  const { account = allocation.terms.account, settlement = allocation.terms.settlement } = command;
  refuseSharedAccounts({ account, settlement, effectiveOn: allocation.on });
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

/** What became of a share; told by the ledger itself, so there is nothing to refuse. */
export function tellShare(
  command: TellShareBooked | TellShareRefused,
  project: ProposedProject,
): ShareBooked | ShareRefused {
  const { allocationNo, village } = command;
  const head = headOf(project, shareOf(project, allocationNo, village).allocation.on, [village]);
  const of = { project: project.proposed.id, allocationNo, village };
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
