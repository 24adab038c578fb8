import { dayNumber } from './calendar.js';
import { register } from './register.js';

/** The legal persons of the villages. */
export const organization = register({
  name: 'organization',
  version: 1,
  columns: {
    credit_code: 'text',
    valid_from: 'integer',
    position: 'integer',
    name: 'text',
    kind: 'text',
    village: 'text',
    origin: 'text',
  },
  key: ['credit_code', 'valid_from', 'position'],
  on: {
    OrganizationRegistered: ({ data, effectiveOn }, position) => [
      {
        credit_code: data.creditCode,
        valid_from: dayNumber(effectiveOn),
        position,
        name: data.name,
        kind: data.kind,
        village: data.village,
        origin: data.origin ?? null,
      },
    ],
  },
});
