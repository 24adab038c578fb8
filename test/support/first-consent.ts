import {
  type Command,
  commandIdOf,
  decideHousehold,
  DisclosePersonalData,
  emptyDivisionTree,
  EnterPersonalData,
  ErasePersonalData,
  evolveHousehold,
  type Fact,
  freeze,
  GiveConsent,
  type Household,
  type HouseholdCommand,
  householdStream,
  newHouseholdId,
  purposesFor,
  readFact,
  WithdrawConsent,
} from '@ledger/domain';
import { firstHousehold } from './first-household.js';

const HOUSEHOLD = newHouseholdId(commandIdOf('accountant-1', 'first-household-0'));
const TODAY = '2024-06-30';

/** The household of the first facts agrees, is entered, corrected, shown, and goes: its facts, as their bytes. */
export function firstConsent(): string[] {
  const [registered = ''] = firstHousehold();
  const facts: string[] = [registered];
  let household: Household = evolveHousehold({}, readFact(registered));
  for (const [i, command] of commands().entries()) {
    const beside = { today: TODAY, demo: true, id: HOUSEHOLD, divisions: emptyDivisionTree() };
    const drafts = decideHousehold(command, household, beside);
    const by = { actor: 'clerk-1', commandId: commandIdOf('clerk-1', `first-consent-${i}`) };
    const frozen = drafts.map((draft, index) =>
      freeze(draft, householdStream(HOUSEHOLD), facts.length + index, index, by),
    );
    facts.push(...frozen);
    household = frozen.map((fact): Fact => readFact(fact)).reduce(evolveHousehold, household);
  }
  return facts.slice(1);
}

function commands(): HouseholdCommand[] {
  const consent = { part: 'CONSENT', newKeyId: 'a7b1c2d3-0000-8000-8000-000000000001' } as const;
  const statutory = { part: 'STATUTORY', newKeyId: 'a7b1c2d3-0000-8000-8000-000000000002' } as const;
  return [
    of(GiveConsent, {
      purposes: ['BENEFIT_TRACKING', 'PHOTOS'],
      noticeVersion: 'notice-2024-1',
      effectiveOn: '2024-03-05',
      origin: 'SYNTHETIC',
    }),
    of(EnterPersonalData, { ...consent, fields: ['address', 'people.name', 'people.residentId'], corrects: false }),
    of(EnterPersonalData, { ...consent, fields: ['people.name', 'people.residentId'], corrects: true }),
    of(EnterPersonalData, {
      ...statutory,
      fields: ['payee.bankAccount', 'payee.name', 'retainUntil'],
      retainUntil: '2054-12-31',
      corrects: false,
    }),
    of(DisclosePersonalData, {
      part: 'STATUTORY',
      purpose: 'PAYMENT',
      fields: ['payee.bankAccount', 'payee.name', 'retainUntil'],
      allowed: purposesFor('STATUTORY', undefined),
    }),
    of(ErasePersonalData, { part: 'STATUTORY', basis: 'SUBJECT_REQUEST' }),
    of(WithdrawConsent, { purposes: ['BENEFIT_TRACKING'], effectiveOn: '2024-06-15', origin: 'SYNTHETIC' }),
  ];
}

function of<C extends Command & { household: string }>(type: new () => C, fields: Partial<C>): C {
  return Object.assign(new type(), { household: HOUSEHOLD }, fields);
}
