import { EVERY_OTHER, MONTHLY, onceIn, QUARTER_ENDS, QUARTERLY, type Season } from './seasons.js';

/** A kind of expense, by the account of 2024. */
export interface SpendingKind {
  readonly key: string;
  readonly account: string;
  /** Which of the village's yearly sums it is a part of, */
  readonly of: 'operating' | 'office' | 'welfare' | 'rent';
  /** and how large a part. */
  readonly percent: number;
  readonly season: Season;
  /** In which months a made-up village has it; one that keeps its books plainly has it not at all when left out. */
  readonly plainSeason?: Season;
  readonly day: number;
  readonly summary: string;
  /** A bill (211) is paid in the next month. */
  readonly settlement: '101' | '102' | '211';
}

export const spendingKinds: readonly SpendingKind[] = [
  {
    key: 'upkeep',
    account: '511',
    of: 'operating',
    percent: 60,
    season: MONTHLY,
    plainSeason: EVERY_OTHER,
    day: 19,
    summary: '经营场所水电与维护费',
    settlement: '102',
  },
  {
    key: 'labour',
    account: '511',
    of: 'operating',
    percent: 40,
    season: [1, 2, 3, 3, 3, 2, 2, 2, 3, 3, 2, 1],
    day: 27,
    summary: '经营用工与采购款',
    settlement: '102',
  },
  {
    key: 'rent-tax',
    account: '512',
    of: 'rent',
    percent: 8,
    season: QUARTERLY,
    plainSeason: QUARTERLY,
    day: 15,
    summary: '租金税费',
    settlement: '102',
  },
  {
    key: 'office',
    account: '51302',
    of: 'office',
    percent: 60,
    season: MONTHLY,
    plainSeason: MONTHLY,
    day: 13,
    summary: '办公用品与电费',
    settlement: '102',
  },
  {
    key: 'travel',
    account: '51303',
    of: 'office',
    percent: 6,
    season: MONTHLY,
    day: 23,
    summary: '公务交通费',
    settlement: '101',
  },
  {
    key: 'training',
    account: '51304',
    of: 'office',
    percent: 10,
    season: QUARTER_ENDS,
    day: 14,
    summary: '村务会议与培训费',
    settlement: '102',
  },
  {
    key: 'upkeep-office',
    account: '51309',
    of: 'office',
    percent: 20,
    season: EVERY_OTHER,
    day: 26,
    summary: '便民服务中心维修费',
    settlement: '102',
  },
  {
    key: 'cleaning',
    account: '51401',
    of: 'welfare',
    percent: 55,
    season: MONTHLY,
    plainSeason: EVERY_OTHER,
    day: 20,
    summary: '村庄保洁与绿化养护费',
    settlement: '211',
  },
  {
    key: 'culture',
    account: '51402',
    of: 'welfare',
    percent: 20,
    season: [0, 4, 0, 0, 1, 1, 2, 0, 2, 1, 0, 1],
    plainSeason: QUARTER_ENDS,
    day: 16,
    summary: '文体活动支出',
    settlement: '102',
  },
  {
    key: 'care',
    account: '51403',
    of: 'welfare',
    percent: 25,
    season: [5, 0, 1, 1, 1, 1, 1, 1, 1, 5, 1, 1],
    plainSeason: [1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0],
    day: 11,
    summary: '老年食堂与走访慰问支出',
    settlement: '102',
  },
  {
    key: 'flood',
    account: '515',
    of: 'office',
    percent: 3,
    season: onceIn(8),
    day: 9,
    summary: '防汛抢险物资支出',
    settlement: '102',
  },
];
