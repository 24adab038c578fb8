import { Refusal, validDivisionCode } from '@ledger/domain';
import type { ReadModel, Scope } from '@ledger/readmodel';
import { wrongInput } from '../input.js';
import type { Moment } from './moments.js';

/** The twelve digits of a division that was there and known; refuses any other code. */
export function knownDivision(views: ReadModel, code: string, at: Moment, scope: Scope): string {
  const division = validDivisionCode(code, 'code');
  if (views.divisions(at, scope).some((row) => row.code === division)) return division;
  throw new Refusal('DIVISION_UNKNOWN', { code: division }, 'code');
}

/** The same of a village. `what` is the last word of the path, for pointing at the sums of a division. */
export function knownVillage(views: ReadModel, code: string, what: string, at: Moment, scope: Scope): string {
  const village = validDivisionCode(code, 'code');
  const known = views.divisions(at, scope).find((row) => row.code === village);
  if (known === undefined) throw new Refusal('VILLAGE_UNKNOWN', { village }, 'code');
  if (known.level === 'village') return village;
  throw wrongInput(
    'code',
    `不是村;汇总请用/divisions/${code}/${what}`,
    `is no village; for sums use /divisions/${code}/${what}`,
  );
}
