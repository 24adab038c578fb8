import { levelOf, validDivisionCode } from '@ledger/domain';
import type { ReadModel, Scope } from '@ledger/readmodel';
import { wrongInput } from '../input.js';
import type { Moment } from './moments.js';

/** The code of a division that the reader may see then; one that was recoded or abolished is refused with what holds. */
export function knownDivision(views: ReadModel, code: string, at: Moment, scope: Scope): string {
  const division = validDivisionCode(code, 'code');
  views.refuseUnknownDivision(division, at, scope, 'code');
  return division;
}

/** The same for a village; for a township or district, says where its sums are: below `/divisions` under this name. */
export function knownVillage(views: ReadModel, code: string, sums: string, at: Moment, scope: Scope): string {
  const village = validDivisionCode(code, 'code');
  if (levelOf(village) !== 'village') {
    throw wrongInput(
      'code',
      `不是村;汇总请用/divisions/${code}/${sums}`,
      `is no village; for sums use /divisions/${code}/${sums}`,
    );
  }
  views.refuseUnknownVillage(village, at, scope, 'code');
  return village;
}
