import {
  type AccessCommand,
  type AccessSetting,
  accessStream,
  decideAccess,
  divisionStream,
  GrantRole,
  householdStream,
  RevokeRole,
  validDivisionCode,
} from '@ledger/domain';
import { type Aggregate, type Look, planned } from './aggregate.js';
import { households } from './household-aggregate.js';
import { divisionTrees, grantsKind } from './register-aggregates.js';

export const accessAggregate: Aggregate<AccessCommand> = {
  commands: [GrantRole, RevokeRole],
  turn: () => accessStream,
  async plan(command, look) {
    const beside = command instanceof GrantRole ? await besideOf(command, look) : {};
    return planned({
      stream: accessStream,
      kind: grantsKind,
      decide: (grants) => decideAccess(command, grants, { ...look, ...beside }),
    });
  },
};

/** The tree of the division that is granted, and the household that is named. */
async function besideOf(command: GrantRole, look: Look): Promise<Pick<AccessSetting, 'divisions' | 'household'>> {
  const divisions = (await look.fold(divisionTrees, treeOf(command))).state;
  if (command.household === undefined) return { divisions };
  return { divisions, household: (await look.fold(households, householdStream(command.household))).state };
}

function treeOf({ division }: GrantRole): string {
  return divisionStream(validDivisionCode(division, 'division'));
}
