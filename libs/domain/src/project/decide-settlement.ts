import { bookIdOf } from '../book.js';
import { refuseLeaver } from '../handover.js';
import { refuseForeignOrigin, refuseFuture } from '../rules.js';
import { refuseSomeBooks, refuseSomeVillages } from './in-sight.js';
import { type Project, proposedProject } from './project.js';
import type { ProjectSetting } from './setting.js';
import { adjustSettlement, settleIncome } from './settlement.js';
import { AdjustSettlement, RetryShare, SettleIncome, type SettlementCommand } from './settlement-commands.js';
import type { Allocated, SettlementFact } from './settlement-facts.js';
import { retryShare, tellShare } from './shares.js';

/** Turns a request about a project's income into facts of the project, or refuses it. */
export function decideSettlement(command: SettlementCommand, state: Project, beside: ProjectSetting): SettlementFact[] {
  refuseForeignOrigin(command.origin, beside.demo);
  const project = proposedProject(state, beside.id);
  // Its shares stand in the books of all villages.
  refuseSomeVillages(project, beside.sight);
  refuseSomeBooks(project, beside.sight);
  if (command instanceof SettleIncome) {
    refuseFuture(command.effectiveOn, beside.today, 'effectiveOn');
    return unlessLeft(command, [settleIncome(command, project, beside)], beside);
  }
  if (command instanceof AdjustSettlement) return unlessLeft(command, adjustSettlement(command, project), beside);
  if (command instanceof RetryShare) return [retryShare(command, project, beside)];
  return [tellShare(command, project)];
}

/** Whoever has handed a village's book over signs for no share that is to stand in it. */
function unlessLeft<F extends SettlementFact & { readonly data: Allocated }>(
  { preparedBy }: SettleIncome | AdjustSettlement,
  facts: F[],
  { handovers }: ProjectSetting,
): F[] {
  for (const { organization } of facts.flatMap(({ data }) => data.shares)) {
    if (organization === undefined) continue;
    refuseLeaver({ preparedBy }, bookIdOf(organization), handovers?.get(organization) ?? []);
  }
  return facts;
}
