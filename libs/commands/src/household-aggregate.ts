import {
  decideHousehold,
  DisclosePersonalData,
  DissolveHousehold,
  divisionStream,
  emptyHousehold,
  EnterPersonalData,
  ErasePersonalData,
  evolveHousehold,
  ExportPersonalData,
  GiveConsent,
  type HouseholdCommand,
  type HouseholdSetting,
  householdStream,
  newHouseholdId,
  RegisterHousehold,
  validDivisionCode,
  WithdrawConsent,
} from '@ledger/domain';
import { type Aggregate, type Look, planned } from './aggregate.js';
import { divisionTrees } from './register-aggregates.js';

export const households = { empty: emptyHousehold, evolve: evolveHousehold };

export const householdAggregate: Aggregate<HouseholdCommand> = {
  commands: [
    RegisterHousehold,
    DissolveHousehold,
    GiveConsent,
    WithdrawConsent,
    EnterPersonalData,
    DisclosePersonalData,
    ExportPersonalData,
    ErasePersonalData,
  ],
  turn: (command) => householdIdOf(command),
  async plan(command, look) {
    const id = householdIdOf(command);
    const beside = command instanceof RegisterHousehold ? await treeOf(command, look) : {};
    return planned({
      stream: householdStream(id),
      kind: households,
      decide: (household) => decideHousehold(command, household, { ...look, id, ...beside }),
    });
  },
};

/** Nothing else tells one household from another, so a new one is named by the request that registers it. */
function householdIdOf(command: HouseholdCommand): string {
  return command instanceof RegisterHousehold ? newHouseholdId(command.context.commandId) : command.household;
}

async function treeOf(command: RegisterHousehold, look: Look): Promise<Pick<HouseholdSetting, 'divisions'>> {
  const village = validDivisionCode(command.village, 'village');
  return { divisions: (await look.fold(divisionTrees, divisionStream(village))).state };
}
