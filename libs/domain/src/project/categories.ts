import { Refusal } from '../refusal.js';
import type { Categories } from './category.js';

export const projectKinds = {
  WORKSHOP: { zh: '共富工坊', en: 'common-prosperity workshop' },
  BOOKSTORE: { zh: '乡村书店', en: 'village bookstore' },
  VEGETABLE_BRAND: { zh: '土菜品牌', en: 'vegetable brand' },
  HOMESTAY: { zh: '民宿', en: 'homestay' },
  CAFE: { zh: '乡村咖啡', en: 'village café' },
  CAMPING: { zh: '露营', en: 'camping' },
  ECOMMERCE: { zh: '电商', en: 'e-commerce' },
  STARTUP_PARK: { zh: '创业园', en: 'startup park' },
  STUDY_TOUR: { zh: '研学', en: 'study tour' },
  OTHER: { zh: '其他', en: 'other' },
} as const satisfies Categories;

/** How it is run: the six types of a workshop that the province names, and ways in which villages join hands. */
export const projectTypes = {
  CONTRACT_PROCESSING: { zh: '来料加工式', en: 'contract processing' },
  TARGETED_HIRING: { zh: '定向招工式', en: 'targeted hiring' },
  LIVE_COMMERCE: { zh: '电商直播式', en: 'live commerce' },
  AGRITOURISM: { zh: '农旅融合式', en: 'farming with tourism' },
  BRAND_LED: { zh: '品牌带动式', en: 'led by a brand' },
  INDUSTRY_EMPOWERED: { zh: '产业赋能式', en: 'empowered by an industry' },
  JOINT: { zh: '抱团', en: 'joint project of villages' },
  ENCLAVE: { zh: '飞地抱团', en: 'joint project on the land of another place' },
  CLUSTER: { zh: '片区组团', en: 'cluster of neighbouring villages' },
} as const satisfies Categories;

/** The programmes of policy that a project is part of. */
export const programmes = {
  COMMON_PROSPERITY_WORKSHOP: { zh: '共富工坊', en: 'Common-prosperity Workshops' },
  STRONG_VILLAGE_COMPANY: { zh: '强村公司', en: 'Strong-village Companies' },
  FUTURE_VILLAGE: { zh: '未来乡村', en: 'Future Villages' },
  BEAUTIFUL_VILLAGE: { zh: '新时代美丽乡村', en: 'Beautiful Villages of the New Era' },
  BEAUTIFUL_BELT: { zh: '美丽乡村示范带', en: 'Demonstration Belts of Beautiful Villages' },
  FIVE_STAR_3A: { zh: '五星3A', en: 'Five Stars and 3A' },
  PIONEER_VILLAGE: { zh: '先行村', en: 'Pioneer Villages' },
  INTEGRATED_REFORM: { zh: '强村富民乡村集成改革', en: 'Integrated Reform for Strong Villages' },
  GREEN_RURAL_REVIVAL: { zh: '千万工程', en: 'Green Rural Revival' },
  DOUBLE_EIGHT: { zh: '八八战略', en: 'Double-eight Strategy' },
  ONE_VILLAGE_ONE_PROJECT: { zh: '一村一项目', en: 'One Village, One Project' },
} as const satisfies Categories;

export const householdRoles = {
  GROWER: { zh: '种植户', en: 'grower' },
  BREEDER: { zh: '养殖户', en: 'breeder' },
  PROCESSOR: { zh: '加工户', en: 'processor' },
  HOST: { zh: '经营户', en: 'host' },
  LESSOR: { zh: '出租户', en: 'lessor' },
  PARTNER: { zh: '合作户', en: 'partner' },
} as const satisfies Categories;

export const jobKinds = {
  FULL_TIME: { zh: '全职', en: 'full-time' },
  PART_TIME: { zh: '兼职', en: 'part-time' },
  SEASONAL: { zh: '季节工', en: 'seasonal' },
  CASUAL: { zh: '零工', en: 'casual' },
  HOME_BASED: { zh: '居家加工', en: 'home-based' },
} as const satisfies Categories;

export const saleChannels = {
  SHOP: { zh: '门店', en: 'shop' },
  MARKET: { zh: '集市', en: 'market' },
  CANTEEN: { zh: '食堂团购', en: 'canteen' },
  WHOLESALE: { zh: '批发', en: 'wholesale' },
  ONLINE: { zh: '网店', en: 'online shop' },
  LIVE_STREAM: { zh: '直播', en: 'live stream' },
  BOOKING: { zh: '预订', en: 'booking' },
  OTHER: { zh: '其他', en: 'other' },
} as const satisfies Categories;

export const countSources = {
  TICKETS: { zh: '票务', en: 'tickets' },
  GATE: { zh: '闸机', en: 'gate' },
  REGISTRATION: { zh: '登记', en: 'registration' },
  BOOKINGS: { zh: '预订记录', en: 'bookings' },
  ESTIMATE: { zh: '估计', en: 'estimate' },
} as const satisfies Categories;

export const gainMethods = {
  SURVEY: { zh: '入户调查', en: 'survey' },
  PAYROLL: { zh: '工资表', en: 'payroll' },
  PURCHASES: { zh: '收购结算', en: 'purchases from households' },
  BOOKS: { zh: '账面', en: 'books' },
  SELF_REPORT: { zh: '自报', en: 'reported by themselves' },
  ESTIMATE: { zh: '测算', en: 'estimate' },
} as const satisfies Categories;

/** Of whom a gain is told; without them an amount a head means nothing. */
export const populations = {
  HOUSEHOLD_MEMBERS: { zh: '户内人口', en: 'members of households' },
  ENROLLED_HOUSEHOLDS: { zh: '签约农户', en: 'enrolled households' },
  EMPLOYED_PERSONS: { zh: '用工人员', en: 'employed persons' },
} as const satisfies Categories;

/** The category itself, or `CATEGORY_UNKNOWN` with those that there are. */
export function validCategory(categories: Categories, category: string, field: string): string {
  if (Object.hasOwn(categories, category)) return category;
  const known = Object.entries(categories).map(([id, { zh, en }]) => ({ id, zh, en }));
  throw new Refusal('CATEGORY_UNKNOWN', { field, category, known }, field);
}

/** Every table, by what a request calls the field. */
export const projectCategories = {
  projectKinds,
  projectTypes,
  programmes,
  householdRoles,
  jobKinds,
  saleChannels,
  countSources,
  gainMethods,
  populations,
} as const satisfies Readonly<Record<string, Categories>>;
