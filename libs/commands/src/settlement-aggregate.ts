import {
  AdjustSettlement,
  decideSettlement,
  projectStream,
  RetryShare,
  SettleIncome,
  type SettlementCommand,
  TellShareBooked,
  TellShareRefused,
} from '@ledger/domain';
import { type Aggregate, planned } from './aggregate.js';
import { organizationsNamed, projects, treesOf } from './project-aggregate.js';

/** What is decided about a project's income stands on the project's own stream. */
export const settlementAggregate: Aggregate<SettlementCommand> = {
  commands: [SettleIncome, AdjustSettlement, RetryShare, TellShareBooked, TellShareRefused],
  turn: (command) => command.project,
  async plan(command, look) {
    const retry = command instanceof RetryShare ? command : undefined;
    const organizations = await organizationsNamed([retry?.organization], look);
    const divisions = await treesOf(villagesIn(command), look);
    const id = command.project;
    return planned({
      stream: projectStream(id),
      kind: projects,
      decide: (project) => decideSettlement(command, project, { ...look, id, divisions, organizations }),
    });
  },
};

function villagesIn(command: SettlementCommand): string[] {
  if (command instanceof SettleIncome) return (command.shares ?? []).map(({ village }) => village);
  return command instanceof RetryShare ? [command.village] : [];
}
