import type { LocalDate } from '@ledger/domain';
import { foundDayAfter } from '../recording/office-days.js';
import { drawn } from './seasons.js';
import type { Village } from '../county/village.js';

export interface Lateness {
  readonly recordedOn: LocalDate;
  readonly reason: string;
}

const ONE_IN = 9;
const REASONS = [
  '回单随次月凭证送达,上月漏记',
  '核对合同台账时发现上月漏记',
  '月末银行对账发现未入账款项',
  '经办人交接遗漏,单据补送后入账',
];

/**
 * One paper in nine of a made-up village, where it is paid at once, comes after its month was closed. None of December's, so that the sum of a
 * year is the same whether a late entry is read by the month that it belongs to or by that in which it stands.
 */
export function lateness({ key: village, plain, silentIn }: Village, key: string, on: LocalDate): Lateness | undefined {
  if (plain === undefined || silentIn !== undefined || on.slice(5, 7) === '12') return undefined;
  if (drawn(`${village} ${key} late`, ONE_IN) > 0) return undefined;
  const reason = REASONS[drawn(`${village} ${key} why`, REASONS.length)] ?? '';
  return { recordedOn: foundDayAfter(on), reason };
}
