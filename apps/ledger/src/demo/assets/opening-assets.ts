import { type OpeningLine, RegisterAsset } from '@ledger/domain';
import { asked } from '../recording/asked.js';
import { atOffice } from '../recording/office-days.js';
import { drawn } from '../books/seasons.js';
import type { Step } from '../recording/step.js';
import type { Village } from '../county/village.js';
import { FIRST_YEAR } from '../books/years.js';

const DAY_BEFORE = `${FIRST_YEAR - 1}-12-31`;
const IN_SERVICE = '2015-01-10';
/** February 2015 to December 2021: so many months were depreciated when the book began. */
const MONTHS_GONE = 83;
const MONTHS_LEFT = 180;

/** The number of the card of what is not depreciated, and of the last of the opening cards, in their book. */
export const OTHER_CARD = 2;
export const OPENING_CARDS = 3;

/** The cards of what a village's book begins with: what is depreciated month by month, the rest, and the land. */
export function openingAssets(village: Village, book: string, opening: readonly OpeningLine[]): Step[] {
  const costFen = amountOn('151', opening);
  const accumulatedDepreciationFen = amountOn('152', opening);
  const monthFen = village.spends.depreciationMonthYuan * 100;
  const months = Math.min(MONTHS_LEFT, Math.floor((costFen - accumulatedDepreciationFen) / monthFen));
  const depreciatedFen = accumulatedDepreciationFen + monthFen * months;
  const lives = { inServiceOn: IN_SERVICE, lifeMonths: MONTHS_GONE + months };
  const { property, other, land } = village.property ?? PROPERTY;
  const cards: Omit<RegisterAsset, 'context' | 'book' | 'effectiveOn'>[] = [
    {
      name: property,
      class: 'OPERATING',
      category: 'BUILDING',
      source: 'BUILT',
      costFen: depreciatedFen,
      useStatus: 'LEASED',
      ...lives,
      opening: { accumulatedDepreciationFen },
    },
    {
      name: other,
      class: 'NON_OPERATING',
      category: 'OTHER_FIXED',
      source: 'BUILT',
      costFen: costFen - depreciatedFen,
      opening: { accumulatedDepreciationFen: 0 },
    },
    {
      name: land.name,
      class: 'RESOURCE',
      category: land.category,
      source: 'STATUTORY',
      area: { quantity: 2_000 + drawn(`${village.key} land`, 46_000), unit: 'MU_HUNDREDTH' },
    },
  ];
  return cards.map((card, index) => {
    const fields = { book, ...card, effectiveOn: DAY_BEFORE, origin: 'SYNTHETIC' } as const;
    const command = asked(RegisterAsset, `${village.key}/asset-${index + 1}`, fields);
    return { at: atOffice(`${FIRST_YEAR}-01-05`, 70 + index), command: () => command };
  });
}

const PROPERTY = {
  property: '标准厂房及经营用房(汇总)',
  other: '其他固定资产(汇总,不提折旧)',
  land: { name: '集体建设用地', category: 'CONSTRUCTION_LAND' },
} as const;

function amountOn(account: string, opening: readonly OpeningLine[]): number {
  return opening.filter((line) => line.account === account).reduce((sum, { amountFen }) => sum + amountFen, 0);
}
