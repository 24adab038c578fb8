import { bookIdOf, OpenBook, RegisterDivision, RegisterOrganization } from '@ledger/domain';
import { asked } from '../recording/asked.js';
import { atOffice } from '../recording/office-days.js';
import type { Step } from '../recording/step.js';
import { district, townships } from './townships.js';
import type { Village } from './village.js';
import { FIRST_YEAR, OLD_STANDARD } from '../books/years.js';

const REGISTERED_ON = `${FIRST_YEAR}-01-04`;
/** The tree was there before the books. */
const IN_FORCE_FROM = '2020-01-01';

/** The demo's very first command: a log that has it holds the demo, or the beginning of it. */
export const FIRST_KEY = `division/${district.code}`;

/** The district's tree, the villages' collectives, and a book for each. */
export function registers(villages: readonly Village[]): Step[] {
  return [
    ...divisions(villages),
    ...villages.map((village) => step(120, organizationOf(village))),
    ...villages.map((village) => step(180, bookOf(village))),
  ];
}

export function bookOfVillage({ creditCode }: Village): string {
  return bookIdOf(creditCode);
}

/** A district's tree stands in one stream, and what is below comes after what is above it. */
function divisions(villages: readonly Village[]): Step[] {
  return [[district], townships, villages].flatMap((level, index) =>
    level.map(({ code, name }) =>
      step(
        index,
        asked(RegisterDivision, `division/${code}`, { code, name, effectiveOn: IN_FORCE_FROM, origin: 'SYNTHETIC' }),
      ),
    ),
  );
}

function organizationOf({ key, creditCode, code, name }: Village): RegisterOrganization {
  return asked(RegisterOrganization, `${key}/organization`, {
    creditCode,
    name: `${name}股份经济合作社`,
    kind: 'COLLECTIVE',
    village: code,
    effectiveOn: IN_FORCE_FROM,
    origin: 'SYNTHETIC',
  });
}

function bookOf({ key, creditCode, name }: Village): OpenBook {
  return asked(OpenBook, `${key}/book`, {
    organization: creditCode,
    name: `${name}股份经济合作社账套`,
    standard: OLD_STANDARD,
    startPeriod: `${FIRST_YEAR}-01`,
    origin: 'SYNTHETIC',
  });
}

function step(minutes: number, command: RegisterDivision | RegisterOrganization | OpenBook): Step {
  return { at: atOffice(REGISTERED_ON, minutes), command: () => command };
}
