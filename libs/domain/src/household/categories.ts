import type { Role } from '../access/roles.js';
import type { Categories, Category } from '../project/category.js';

/** What people are asked to agree to. Accounting, membership and subsidies rest on the law and ask nobody. */
export const consentPurposes = {
  BENEFIT_TRACKING: { zh: '项目增收跟踪', en: 'tracking of project benefits' },
  PHOTOS: { zh: '照片', en: 'photos' },
  PUBLICATION: { zh: '公开展示', en: 'publication' },
} as const satisfies Categories;

export type ConsentPurpose = keyof typeof consentPurposes;

/** What the vault holds of a household, each part under a key of its own: one ends by consent, the other by the law. */
export const personalDataParts = {
  CONSENT: { zh: '凭同意登记的信息', en: 'data held by consent' },
  STATUTORY: { zh: '依法保存的信息', en: 'data kept by law' },
} as const satisfies Categories;

export type PersonalDataPart = keyof typeof personalDataParts;

interface DisclosurePurpose extends Category {
  readonly parts: readonly PersonalDataPart[];
  /** Who may have data shown for it; where one token does everything, its holder. */
  readonly roles: readonly Role[];
}

/** For what personal data is shown unmasked, each time on record. */
export const disclosurePurposes = {
  BENEFIT_TRACKING: {
    zh: '项目增收跟踪',
    en: 'tracking of project benefits',
    parts: ['CONSENT'],
    roles: ['VILLAGE_CLERK'],
  },
  PAYMENT: { zh: '付款', en: 'payment', parts: ['STATUTORY'], roles: ['TOWN_ACCOUNTANT'] },
  MEMBERSHIP: { zh: '成员管理', en: 'membership', parts: ['STATUTORY'], roles: ['VILLAGE_CLERK'] },
  SUBJECT_REQUEST: {
    zh: '本人查阅、复制',
    en: 'request of the person concerned',
    parts: ['CONSENT', 'STATUTORY'],
    roles: ['PII_OFFICER'],
  },
  LEGAL_DUTY: { zh: '法定职责', en: 'duty by law', parts: ['CONSENT', 'STATUTORY'], roles: ['PII_OFFICER'] },
} as const satisfies Readonly<Record<string, DisclosurePurpose>>;

export type DisclosurePurposeName = keyof typeof disclosurePurposes;

/** Why personal data goes. */
export const erasureBases = {
  SUBJECT_REQUEST: { zh: '本人要求', en: 'request of the person concerned' },
  CONSENT_WITHDRAWN: { zh: '撤回同意', en: 'consent withdrawn' },
  RETENTION_OVER: { zh: '保存期届满', en: 'end of the retention period' },
  ENTERED_BY_MISTAKE: { zh: '登记有误', en: 'entered by mistake' },
} as const satisfies Categories;

export type ErasureBasis = keyof typeof erasureBases;

/** The purposes for which somebody with these roles may have a part shown; `undefined` is who may do everything. */
export function purposesFor(part: PersonalDataPart, roles: readonly Role[] | undefined): DisclosurePurposeName[] {
  return (Object.keys(disclosurePurposes) as DisclosurePurposeName[]).filter((name) => {
    const purpose: DisclosurePurpose = disclosurePurposes[name];
    return purpose.parts.includes(part) && (roles === undefined || roles.some((role) => purpose.roles.includes(role)));
  });
}
