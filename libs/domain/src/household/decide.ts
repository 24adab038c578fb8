import { refuseForeignOrigin, refuseFuture } from '../rules.js';
import {
  DisclosePersonalData,
  DissolveHousehold,
  EnterPersonalData,
  ErasePersonalData,
  ExportPersonalData,
  GiveConsent,
  type HouseholdCommand,
  RegisterHousehold,
  WithdrawConsent,
} from './commands.js';
import { giveConsent, withdrawConsent } from './consent.js';
import type { HouseholdFact } from './facts.js';
import { disclosePersonalData, enterPersonalData, erasePersonalData, exportPersonalData } from './held-data.js';
import type { Household, HouseholdSetting } from './household.js';
import { dissolveHousehold, registerHousehold } from './registration.js';

/** Turns a request into the facts of a household, or refuses it. What the vault holds of it never comes here. */
export function decideHousehold(
  command: HouseholdCommand,
  household: Household,
  beside: HouseholdSetting,
): HouseholdFact[] {
  if ('effectiveOn' in command) refuseFuture(command.effectiveOn, beside.today, 'effectiveOn');
  refuseForeignOrigin(command.origin, beside.demo);
  if (command instanceof RegisterHousehold) return [registerHousehold(command, beside)];
  if (command instanceof DissolveHousehold) return [dissolveHousehold(command, household, beside)];
  if (command instanceof GiveConsent) return [giveConsent(command, household, beside)];
  if (command instanceof WithdrawConsent) return withdrawConsent(command, household, beside);
  if (command instanceof EnterPersonalData) return [enterPersonalData(command, household, beside)];
  if (command instanceof DisclosePersonalData) return [disclosePersonalData(command, household, beside)];
  if (command instanceof ExportPersonalData) return exportPersonalData(command, household, beside);
  if (command instanceof ErasePersonalData) return [erasePersonalData(command, household, beside)];
  throw new TypeError('no such command of a household');
}
