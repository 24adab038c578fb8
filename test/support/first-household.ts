import {
  commandIdOf,
  decideHousehold,
  DissolveHousehold,
  emptyDivisionTree,
  emptyHousehold,
  evolveDivisionTree,
  evolveHousehold,
  freeze,
  type HouseholdCommand,
  householdStream,
  newHouseholdId,
  readFact,
  RegisterHousehold,
} from '@ledger/domain';
import { firstYear } from './first-year.js';

/** A household of the village of the first year comes and goes: its facts, as their bytes. */
export function firstHousehold(): string[] {
  const divisions = firstYear()
    .map((fact) => readFact(fact))
    .filter(({ stream }) => stream.startsWith('divisions-'))
    .reduce(evolveDivisionTree, emptyDivisionTree());
  const id = newHouseholdId(commandId(0));
  let household = emptyHousehold();
  const commands: HouseholdCommand[] = [
    Object.assign(new RegisterHousehold(), { village: '330603008201', effectiveOn: '2024-03-01', origin: 'SYNTHETIC' }),
    Object.assign(new DissolveHousehold(), { household: id, reason: '整户迁出', effectiveOn: '2024-11-30' }),
  ];
  return commands.map((command, revision) => {
    const [fact] = decideHousehold(command, household, { today: '2025-01-10', demo: true, id, divisions });
    if (fact === undefined) throw new Error('a decision about a household is one fact');
    const bytes = freeze(fact, householdStream(id), revision, 0, {
      actor: 'accountant-1',
      commandId: commandId(revision),
    });
    household = evolveHousehold(household, readFact(bytes));
    return bytes;
  });
}

function commandId(revision: number): string {
  return commandIdOf('accountant-1', `first-household-${revision}`);
}
