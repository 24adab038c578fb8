import {
  AdjustSettlement,
  bookIdOf,
  bookStream,
  decideSettlement,
  type Handovers,
  projectStream,
  RetryShare,
  SettleIncome,
  type SettlementCommand,
  TellShareBooked,
  TellShareRefused,
} from '@ledger/domain';
import { type Aggregate, type Look, planned } from './aggregate.js';
import { organizationsNamed, projects, treesOf } from './project-aggregate.js';
import { books } from './register-aggregates.js';

/** What is decided about a project's income stands on the project's own stream. */
export const settlementAggregate: Aggregate<SettlementCommand> = {
  commands: [SettleIncome, AdjustSettlement, RetryShare, TellShareBooked, TellShareRefused],
  turn: (command) => command.project,
  async plan(command, look) {
    const retry = command instanceof RetryShare ? command : undefined;
    const organizations = await organizationsNamed([retry?.organization], look);
    const divisions = await treesOf(villagesIn(command), look);
    const id = command.project;
    const isSigned = command instanceof SettleIncome || command instanceof AdjustSettlement;
    const handovers = isSigned ? await handoversIn(id, look) : undefined;
    return planned({
      stream: projectStream(id),
      kind: projects,
      decide: (project) =>
        decideSettlement(command, project, { ...look, id, divisions, organizations, ...(handovers && { handovers }) }),
    });
  },
};

function villagesIn(command: SettlementCommand): string[] {
  if (command instanceof SettleIncome) return (command.shares ?? []).map(({ village }) => village);
  return command instanceof RetryShare ? [command.village] : [];
}

/** Who has handed over the books in which shares of the project may stand, by the credit code of their collective. */
async function handoversIn(project: string, look: Look): Promise<ReadonlyMap<string, Handovers>> {
  const { schemes, allocations } = (await look.fold(projects, projectStream(project))).state;
  const shares = [...schemes, ...allocations].flatMap((each) => [...each.shares.values()]);
  const found = new Map<string, Handovers>();
  for (const { organization } of shares) {
    if (organization === undefined || found.has(organization)) continue;
    found.set(organization, (await look.fold(books, bookStream(bookIdOf(organization)))).state.handovers);
  }
  return found;
}
