import {
  BAMBOO_SHOOTS,
  EVERY_OTHER,
  HALF_YEARLY,
  MONTHLY,
  onceIn,
  QUARTERLY,
  type Season,
  SPRING_TEA,
  TOURISM,
} from '../books/seasons.js';
import type { IncomeStream, Property } from './village.js';

/** A kind of income that villages of one sort have, and how large a part of their operating income it is. */
export interface TypicalStream extends Pick<IncomeStream, 'account' | 'day' | 'summary' | 'settlement'> {
  readonly key: string;
  readonly weight: number;
  readonly season: Season;
  /** Who pays it, where money is owed or it is a share in something. */
  readonly from?: 'tenant' | 'household-group' | 'investee' | 'joint';
  readonly contract?: true;
  /** How many villages in a hundred have it; all when left out. */
  readonly chance?: number;
}

/** A sort of village: what it lives on, and within which sums. */
export interface Archetype {
  readonly key: string;
  /** Operating income of a year, in ten thousand yuan, from and to. */
  readonly operatingWan: readonly [number, number];
  readonly streams: readonly TypicalStream[];
  readonly property: Property;
}

const jointDividend: TypicalStream = {
  key: 'joint',
  account: '50202',
  weight: 8,
  season: onceIn(11),
  day: 21,
  summary: '抱团物业项目分红',
  from: 'joint',
  chance: 70,
};

/** Declared in the last days of the year, and paid in the next. */
const owedDividend: TypicalStream = { ...jointDividend, season: onceIn(12), settlement: '112' };

const townLand = { name: '集体建设用地', category: 'CONSTRUCTION_LAND' } as const;

export const archetypes = {
  factory: {
    key: 'factory',
    operatingWan: [260, 880],
    streams: [
      {
        key: 'plants',
        account: '50102',
        weight: 62,
        season: QUARTERLY,
        day: 6,
        summary: '标准厂房租金',
        settlement: '112',
        from: 'tenant',
        contract: true,
      },
      { key: 'property', account: '50104', weight: 16, season: EVERY_OTHER, day: 15, summary: '园区物业服务费' },
      {
        key: 'shares',
        account: '50201',
        weight: 12,
        season: onceIn(6),
        day: 19,
        summary: '入股企业分红',
        from: 'investee',
        chance: 60,
      },
      owedDividend,
    ],
    property: { property: '标准厂房(汇总)', other: '道路及公共设施(汇总,不提折旧)', land: townLand },
  },
  market: {
    key: 'market',
    operatingWan: [240, 760],
    streams: [
      { key: 'stalls', account: '50102', weight: 52, season: MONTHLY, day: 8, summary: '农贸市场摊位租金' },
      {
        key: 'shops',
        account: '50102',
        weight: 26,
        season: HALF_YEARLY,
        day: 11,
        summary: '沿街店面租金',
        settlement: '112',
        from: 'tenant',
        contract: true,
      },
      { key: 'parking', account: '50104', weight: 14, season: QUARTERLY, day: 17, summary: '停车与市场管理服务费' },
      owedDividend,
    ],
    property: { property: '农贸市场及店面(汇总)', other: '村文化礼堂及道路(汇总,不提折旧)', land: townLand },
  },
  transport: {
    key: 'transport',
    operatingWan: [210, 640],
    streams: [
      {
        key: 'yards',
        account: '50102',
        weight: 66,
        season: QUARTERLY,
        day: 9,
        summary: '仓储物流场地租金',
        settlement: '112',
        from: 'tenant',
        contract: true,
      },
      { key: 'parking', account: '50104', weight: 22, season: EVERY_OTHER, day: 18, summary: '货车停放服务费' },
      { key: 'dock', account: '50103', weight: 12, season: onceIn(4), day: 16, summary: '码头场地发包款', chance: 55 },
    ],
    property: { property: '仓储用房及场地(汇总)', other: '道路桥梁(汇总,不提折旧)', land: townLand },
  },
  tea: {
    key: 'tea',
    operatingWan: [62, 150],
    streams: [
      { key: 'tea', account: '50101', weight: 38, season: SPRING_TEA, day: 24, summary: '茶叶销售款' },
      {
        key: 'hills',
        account: '50103',
        weight: 26,
        season: onceIn(3),
        day: 14,
        summary: '茶山发包款',
        settlement: '113',
        from: 'household-group',
        contract: true,
      },
      { key: 'house', account: '50102', weight: 24, season: QUARTERLY, day: 10, summary: '集体用房租金' },
      { ...jointDividend, weight: 14 },
    ],
    property: {
      property: '茶厂及集体用房(汇总)',
      other: '机耕路及水利设施(汇总,不提折旧)',
      land: { name: '集体茶园', category: 'GARDEN_LAND' },
    },
  },
  tourism: {
    key: 'tourism',
    operatingWan: [90, 290],
    streams: [
      { key: 'tour', account: '50105', weight: 42, season: TOURISM, day: 25, summary: '游览与研学收入' },
      { key: 'lodgings', account: '50105', weight: 20, season: QUARTERLY, day: 27, summary: '民宿合作分成' },
      {
        key: 'shops',
        account: '50102',
        weight: 26,
        season: HALF_YEARLY,
        day: 7,
        summary: '游客中心店面租金',
        settlement: '112',
        from: 'tenant',
        contract: true,
      },
      { ...jointDividend, weight: 10 },
    ],
    property: {
      property: '游客中心及民宿用房(汇总)',
      other: '游步道及停车场(汇总,不提折旧)',
      land: { name: '集体林地', category: 'FOREST_LAND' },
    },
  },
  bamboo: {
    key: 'bamboo',
    operatingWan: [56, 118],
    streams: [
      { key: 'shoots', account: '50101', weight: 26, season: BAMBOO_SHOOTS, day: 23, summary: '笋干销售款' },
      {
        key: 'hills',
        account: '50103',
        weight: 22,
        season: onceIn(2),
        day: 20,
        summary: '毛竹山发包款',
        settlement: '113',
        from: 'household-group',
        contract: true,
      },
      { key: 'solar', account: '50199', weight: 12, season: QUARTERLY, day: 22, summary: '光伏发电收入', chance: 65 },
      { ...jointDividend, weight: 40, chance: 100 },
    ],
    property: {
      property: '加工用房及光伏设施(汇总)',
      other: '村文化礼堂及道路(汇总,不提折旧)',
      land: { name: '集体毛竹山', category: 'FOREST_LAND' },
    },
  },
} as const satisfies Record<string, Archetype>;

export type ArchetypeKey = keyof typeof archetypes;
