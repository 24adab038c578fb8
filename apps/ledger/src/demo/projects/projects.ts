import type { LocalDate } from '@ledger/domain';
import { BRAND, BRAND_STARTED_ON } from './brand-figures.js';

/** A project of the demo; vouchers name it where their entries do. */
export interface DemoProject {
  readonly key: string;
  readonly name: string;
  readonly kind: string;
  readonly types: readonly string[];
  readonly programmes: readonly string[];
  /** Keys of villages. */
  readonly lead: string;
  readonly others?: readonly string[];
  readonly startedOn: LocalDate;
  /** People who work there. */
  readonly jobs?: number;
  /** Visitors of a year, month by month. */
  readonly visitorsAYear?: number;
}

export const projects: readonly DemoProject[] = [
  {
    key: BRAND,
    name: '“一桌土菜”蔬菜品牌',
    kind: 'VEGETABLE_BRAND',
    types: ['BRAND_LED', 'JOINT'],
    programmes: ['COMMON_PROSPERITY_WORKSHOP', 'ONE_VILLAGE_ONE_PROJECT'],
    lead: 'daqiao',
    others: ['chetou'],
    startedOn: BRAND_STARTED_ON,
  },
  {
    key: 'idle-activation',
    name: '王化村闲置资产全域盘活',
    kind: 'HOMESTAY',
    types: ['AGRITOURISM'],
    programmes: ['INTEGRATED_REFORM'],
    lead: 'wanghua',
    startedOn: '2022-09-05',
    jobs: 14,
  },
  {
    key: 'xjw-study-tour',
    name: '谢家坞书法研学与茶园游览',
    kind: 'STUDY_TOUR',
    types: ['AGRITOURISM'],
    programmes: ['BEAUTIFUL_VILLAGE'],
    lead: 'xiejiawu',
    startedOn: '2022-01-12',
    jobs: 22,
    visitorsAYear: 61_000,
  },
  {
    key: 'joint-lanting',
    name: '兰亭抱团物业',
    kind: 'STARTUP_PARK',
    types: ['ENCLAVE', 'JOINT'],
    programmes: ['STRONG_VILLAGE_COMPANY'],
    lead: 'xiejiawu',
    startedOn: '2022-01-12',
  },
  {
    key: 'yjy-night-tour',
    name: '叶家堰乌篷船夜游',
    kind: 'OTHER',
    types: ['AGRITOURISM'],
    programmes: ['FIVE_STAR_3A', 'FUTURE_VILLAGE'],
    lead: 'yejiayan',
    startedOn: '2022-01-12',
    jobs: 36,
    visitorsAYear: 248_000,
  },
  {
    key: 'yjy-study-camp',
    name: '叶家堰研学营地',
    kind: 'STUDY_TOUR',
    types: ['AGRITOURISM'],
    programmes: ['FUTURE_VILLAGE'],
    lead: 'yejiayan',
    startedOn: '2022-01-12',
    jobs: 12,
    visitorsAYear: 18_600,
  },
  {
    key: 'yjy-bookstore',
    name: '叶家堰湖畔书店',
    kind: 'BOOKSTORE',
    types: ['AGRITOURISM'],
    programmes: ['FUTURE_VILLAGE'],
    lead: 'yejiayan',
    startedOn: '2023-04-10',
    jobs: 6,
    visitorsAYear: 43_000,
  },
  {
    key: 'yjy-cafe',
    name: '叶家堰河边咖啡',
    kind: 'CAFE',
    types: ['AGRITOURISM'],
    programmes: ['FUTURE_VILLAGE'],
    lead: 'yejiayan',
    startedOn: '2023-06-05',
    jobs: 5,
  },
  {
    key: 'joint-keyan',
    name: '柯岩抱团物业',
    kind: 'STARTUP_PARK',
    types: ['ENCLAVE', 'JOINT'],
    programmes: ['STRONG_VILLAGE_COMPANY'],
    lead: 'yejiayan',
    startedOn: '2022-01-12',
  },
  {
    key: 'joint-jidong',
    name: '稽东抱团飞地',
    kind: 'STARTUP_PARK',
    types: ['ENCLAVE', 'JOINT'],
    programmes: ['STRONG_VILLAGE_COMPANY'],
    lead: 'daqiao',
    others: ['chetou'],
    startedOn: '2022-01-12',
  },
  {
    key: 'workshop-anhua',
    name: '安华共富工坊',
    kind: 'WORKSHOP',
    types: ['CONTRACT_PROCESSING'],
    programmes: ['COMMON_PROSPERITY_WORKSHOP'],
    lead: 'anhua',
    startedOn: '2022-01-12',
    jobs: 48,
  },
  {
    key: 'dc-plum-blossom',
    name: '东村梅园赏梅',
    kind: 'OTHER',
    types: ['AGRITOURISM'],
    programmes: ['BEAUTIFUL_BELT'],
    lead: 'dongcun',
    startedOn: '2022-01-12',
    jobs: 9,
    visitorsAYear: 96_000,
  },
  {
    key: 'sjd-lodgings',
    name: '宋家店民宿合作',
    kind: 'HOMESTAY',
    types: ['AGRITOURISM'],
    programmes: ['BEAUTIFUL_BELT'],
    lead: 'songjiadian',
    startedOn: '2022-01-12',
    jobs: 11,
  },
  {
    key: 'td-orchid',
    name: '棠棣兰花基地',
    kind: 'OTHER',
    types: ['INDUSTRY_EMPOWERED'],
    programmes: ['FUTURE_VILLAGE', 'PIONEER_VILLAGE'],
    lead: 'tangdi',
    startedOn: '2022-01-12',
    jobs: 54,
  },
  {
    key: 'td-orchid-online',
    name: '棠棣花木电商',
    kind: 'ECOMMERCE',
    types: ['LIVE_COMMERCE'],
    programmes: ['COMMON_PROSPERITY_WORKSHOP'],
    lead: 'tangdi',
    startedOn: '2022-01-12',
    jobs: 17,
  },
];

/** What some made-up villages do with one of their kinds of income. */
export const typicalProjects: Readonly<
  Record<string, Pick<DemoProject, 'kind' | 'types' | 'programmes'> & { readonly name: string }>
> = {
  property: {
    name: '共富工坊',
    kind: 'WORKSHOP',
    types: ['TARGETED_HIRING'],
    programmes: ['COMMON_PROSPERITY_WORKSHOP'],
  },
  lodgings: { name: '民宿合作', kind: 'HOMESTAY', types: ['AGRITOURISM'], programmes: ['BEAUTIFUL_VILLAGE'] },
  tea: { name: '茶叶品牌', kind: 'OTHER', types: ['BRAND_LED'], programmes: ['ONE_VILLAGE_ONE_PROJECT'] },
  shoots: { name: '笋干加工坊', kind: 'WORKSHOP', types: ['BRAND_LED'], programmes: ['COMMON_PROSPERITY_WORKSHOP'] },
};
