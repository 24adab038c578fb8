import { OpenBook, RegisterDivision, RegisterOrganization } from '@ledger/domain';
import { asked } from './asked.js';
import { atOffice } from './office-days.js';
import type { Round, Step } from './round.js';
import type { Village } from './village.js';
import { district, townships, villages } from './villages.js';

const REGISTERED_ON = '2024-01-02';

/** The demo's very first command: a log that has it holds the demo, or the beginning of it. */
export const FIRST_KEY = `division/${district.code}`;

/** The district's tree stands in one stream, so its divisions are registered one after the other. */
export function divisions(): Round[] {
  return [district, ...townships, ...villages].map(({ code, name }, index) => [
    {
      at: atOffice(REGISTERED_ON, index),
      command: asked(RegisterDivision, `division/${code}`, {
        code,
        name,
        effectiveOn: '2024-01-01',
        origin: 'SYNTHETIC',
      }),
    },
  ]);
}

export function organizations(): Round {
  return villages.map(({ key, creditCode, code, name }): Step => ({
    at: atOffice(REGISTERED_ON, 60),
    command: asked(RegisterOrganization, `${key}/organization`, {
      creditCode,
      name: `${name}股份经济合作社`,
      kind: 'COLLECTIVE',
      village: code,
      effectiveOn: '2024-01-01',
      origin: 'SYNTHETIC',
    }),
  }));
}

export function bookOf({ key, creditCode, name }: Village): Step {
  return {
    at: atOffice(REGISTERED_ON, 120),
    command: asked(OpenBook, `${key}/book`, {
      organization: creditCode,
      name: `${name}股份经济合作社账套`,
      standard: 'rural-collective-2024',
      startPeriod: '2024-01',
      origin: 'SYNTHETIC',
    }),
  };
}
