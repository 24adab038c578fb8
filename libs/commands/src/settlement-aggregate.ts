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
import { organizationsNamed, projects } from './project-aggregate.js';

/** What is decided about a project's income stands on the project's own stream. */
export const settlementAggregate: Aggregate<SettlementCommand> = {
  commands: [SettleIncome, AdjustSettlement, RetryShare, TellShareBooked, TellShareRefused],
  turn: (command) => command.project,
  async plan(command, look) {
    const named = command instanceof RetryShare ? [command.organization] : [];
    const organizations = await organizationsNamed(named, look);
    const id = command.project;
    return planned({
      stream: projectStream(id),
      kind: projects,
      decide: (project) => decideSettlement(command, project, { ...look, id, divisions: new Map(), organizations }),
    });
  },
};
