import {
  type AccessCommand,
  accessStream,
  decideAccess,
  divisionStream,
  emptyGrants,
  evolveGrants,
  GrantRole,
  RevokeRole,
  validDivisionCode,
} from '@ledger/domain';
import { type Aggregate, planned } from './aggregate.js';
import { divisionTrees } from './register-aggregates.js';

export const grantsKind = { empty: emptyGrants, evolve: evolveGrants };

export const accessAggregate: Aggregate<AccessCommand> = {
  commands: [GrantRole, RevokeRole],
  turn: () => accessStream,
  async plan(command, look) {
    const beside =
      command instanceof GrantRole ? { divisions: (await look.fold(divisionTrees, treeOf(command))).state } : {};
    return planned({
      stream: accessStream,
      kind: grantsKind,
      decide: (grants) => decideAccess(command, grants, { ...look, ...beside }),
    });
  },
};

function treeOf({ division }: GrantRole): string {
  return divisionStream(validDivisionCode(division, 'division'));
}
