/** The vocabulary of asset cards: data, with the words of both languages. What a card says stays as it was said. */

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** The three classes of asset verification (清产核资). */
export const assetClasses = {
  OPERATING: { zh: '经营性资产', en: 'operating asset' },
  NON_OPERATING: { zh: '非经营性资产', en: 'non-operating asset' },
  RESOURCE: { zh: '资源性资产', en: 'resource asset' },
} as const satisfies Record<string, Words>;

export type AssetClass = keyof typeof assetClasses;

interface Category extends Words {
  readonly classes: readonly AssetClass[];
  /** Collective land itself is never sold. */
  readonly land?: true;
}

const built = ['OPERATING', 'NON_OPERATING'] as const;
const resource = ['RESOURCE'] as const;

/** Fixed assets, and the land classes of GB/T 21010. */
export const assetCategories = {
  BUILDING: { zh: '房屋', en: 'building', classes: built },
  STRUCTURE: { zh: '构筑物', en: 'structure', classes: built },
  MACHINERY: { zh: '机器设备', en: 'machinery', classes: built },
  VEHICLE: { zh: '运输工具', en: 'vehicle', classes: built },
  ELECTRONICS: { zh: '电子设备', en: 'electronics', classes: built },
  FURNITURE: { zh: '工具器具家具', en: 'tools and furniture', classes: built },
  ROAD: { zh: '道路桥梁', en: 'roads and bridges', classes: built },
  WATER_WORKS: { zh: '农田水利设施', en: 'water works', classes: built },
  CULTURE_SPORTS: { zh: '文化体育设施', en: 'culture and sports facility', classes: built },
  OTHER_FIXED: { zh: '其他固定资产', en: 'other fixed asset', classes: built },
  ARABLE_LAND: { zh: '耕地', en: 'arable land', classes: resource, land: true },
  GARDEN_LAND: { zh: '园地', en: 'garden land', classes: resource, land: true },
  FOREST_LAND: { zh: '林地', en: 'forest land', classes: resource, land: true },
  GRASSLAND: { zh: '草地', en: 'grassland', classes: resource, land: true },
  WATER_SURFACE: { zh: '水面', en: 'water surface', classes: resource, land: true },
  OTHER_FARM_LAND: { zh: '其他农用地', en: 'other farm land', classes: resource, land: true },
  CONSTRUCTION_LAND: { zh: '集体建设用地', en: 'collective construction land', classes: resource, land: true },
  UNUSED_LAND: { zh: '未利用地', en: 'unused land', classes: resource, land: true },
} as const satisfies Record<string, Category>;

export type AssetCategory = keyof typeof assetCategories;

export const assetSources = {
  BUILT: { zh: '自建', en: 'built' },
  PURCHASED: { zh: '购入', en: 'purchased' },
  ALLOCATED: { zh: '划拨', en: 'allocated' },
  DONATED: { zh: '接受捐赠', en: 'donated' },
  FISCAL_PROJECT: { zh: '财政项目形成', en: 'formed by a fiscal project' },
  STATUTORY: { zh: '法定归集体所有', en: 'collective by law' },
  OTHER: { zh: '其他', en: 'other' },
} as const satisfies Record<string, Words>;

export type AssetSource = keyof typeof assetSources;

export const useStatuses = {
  IN_USE: { zh: '在用', en: 'in use' },
  LEASED: { zh: '出租', en: 'leased' },
  IDLE: { zh: '闲置', en: 'idle' },
  UNDER_CONSTRUCTION: { zh: '在建', en: 'under construction' },
  DISPUTED: { zh: '有争议', en: 'disputed' },
  DISPOSED: { zh: '已处置', en: 'disposed' },
} as const satisfies Record<string, Words>;

export type UseStatus = keyof typeof useStatuses;

/** Idleness has a beginning and a reason, and a disposal its money, so both are said by commands of their own. */
export const statedUses = ['IN_USE', 'LEASED', 'UNDER_CONSTRUCTION', 'DISPUTED'] as const;

export const disposalKinds = {
  SOLD: { zh: '出售', en: 'sold' },
  SCRAPPED: { zh: '报废', en: 'scrapped' },
  EXCHANGED: { zh: '置换', en: 'exchanged' },
  DONATED: { zh: '捐赠', en: 'given away' },
  TRANSFERRED: { zh: '划转', en: 'transferred' },
  LOST: { zh: '毁损盘亏', en: 'lost or destroyed' },
  REQUISITIONED: { zh: '征收', en: 'requisitioned' },
} as const satisfies Record<string, Words>;

export type DisposalKind = keyof typeof disposalKinds;

/** The smallest units in which areas are kept. */
export const areaUnits = {
  SQUARE_METRE: { zh: '平方米', en: 'square metres' },
  MU_HUNDREDTH: { zh: '0.01亩', en: 'hundredths of a mu' },
} as const satisfies Record<string, Words>;

export type AreaUnit = keyof typeof areaUnits;

export function isLand(category: AssetCategory): boolean {
  return 'land' in assetCategories[category];
}

export function categoriesOf(assetClass: AssetClass): AssetCategory[] {
  const categories = Object.entries(assetCategories) as [AssetCategory, Category][];
  return categories.filter(([, { classes }]) => classes.includes(assetClass)).map(([category]) => category);
}
