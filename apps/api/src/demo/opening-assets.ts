import { type OpeningLine, RegisterAsset } from '@ledger/domain';
import { asked } from './asked.js';
import { atOffice } from './office-days.js';
import type { Step } from './round.js';
import type { Village } from './village.js';

const DAY_BEFORE = '2023-12-31';
const IN_SERVICE = '2015-01-10';
/** January 2015 to December 2023: so many months were depreciated when the book began. */
const MONTHS_GONE = 107;
const MONTHS_LEFT = 180;

/** The cards of what a village's book begins with: what is depreciated month by month, and the rest. */
export function openingAssets(village: Village, book: string, opening: readonly OpeningLine[]): Step[] {
  const costFen = amountOn('151', opening);
  const accumulatedDepreciationFen = amountOn('152', opening);
  const monthFen = village.spends.depreciationMonthYuan * 100;
  const months = Math.min(MONTHS_LEFT, Math.floor((costFen - accumulatedDepreciationFen) / monthFen));
  const depreciatedFen = accumulatedDepreciationFen + monthFen * months;
  const lives = { inServiceOn: IN_SERVICE, lifeMonths: MONTHS_GONE + months };
  return [
    step(village, book, 1, '标准厂房及经营用房(汇总)', depreciatedFen, accumulatedDepreciationFen, lives),
    step(village, book, 2, '其他固定资产(汇总,不提折旧)', costFen - depreciatedFen, 0, {}),
  ];
}

function step(
  village: Village,
  book: string,
  nth: number,
  name: string,
  costFen: number,
  accumulatedDepreciationFen: number,
  lives: Pick<RegisterAsset, 'inServiceOn' | 'lifeMonths'>,
): Step {
  const command = asked(RegisterAsset, `${village.key}/asset-${nth}`, {
    book,
    name,
    class: 'OPERATING',
    category: 'BUILDING',
    source: 'BUILT',
    costFen,
    ...lives,
    opening: { accumulatedDepreciationFen },
    effectiveOn: DAY_BEFORE,
    origin: 'SYNTHETIC',
  });
  return { at: atOffice('2024-01-03', 70 + nth), command };
}

function amountOn(account: string, opening: readonly OpeningLine[]): number {
  return opening.filter((line) => line.account === account).reduce((sum, { amountFen }) => sum + amountFen, 0);
}
