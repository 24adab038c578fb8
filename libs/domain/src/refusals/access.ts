import type { Role } from '../access/roles.js';
import { roles } from '../access/roles.js';
import { refusal } from './entry.js';

/** How far a grant has to reach. */
const REACHES = {
  district: { zh: '覆盖整个区县', en: 'this takes one for the whole district' },
  division: { zh: '覆盖所填的区划', en: 'this takes one for the division that is named' },
  allVillages: {
    zh: '覆盖项目的全部参与村',
    en: 'this takes one for all villages of the project',
  },
  allBooks: {
    zh: '不限账套地覆盖项目的全部参与村',
    en: 'this takes one for all villages of the project that is not limited to some books',
  },
  allBooksThere: {
    zh: '不限账套地覆盖该区划',
    en: 'this takes one for the division that is not limited to some books',
  },
  leadVillage: { zh: '覆盖项目的牵头村', en: 'this takes one for the lead village of the project' },
} as const;

export type Reach = keyof typeof REACHES;

/** What was reviewed and then refused by a book, and the way to other terms of it. */
const REVIEWED = {
  share: {
    zh: '机构应在分配方案中补登;科目、往来单位确须更改的,请将该月结算送审更正为0,再重新结算。',
    en: 'A missing collective is named in the allocation scheme; for another account or party, have the settlement of the month adjusted to 0 and settled again, both through a draft.',
  },
  posting: {
    zh: '账套确实不能按原科目记账的,请同时填写signed(制单人为您本人,并请一位审核人),改后的科目由审核人批准后入账。',
    en: 'If the book cannot ever take those accounts, name yourself and a reviewer in "signed": the others are booked when a reviewer has approved them.',
  },
} as const;

export type Reviewed = keyof typeof REVIEWED;

/** A role by the code under which it is granted, and as its office is called. */
const named = {
  zh: (role: Role) => `${role} ${roles[role].zh}`,
  en: (role: Role) => `${role} ${roles[role].en}`,
};

const LEVELS = { district: ['区县', 'district'], township: ['镇街', 'township'], village: ['村', 'village'] } as const;

/** A role that is asked for, and the grant that stands in its way. */
interface GrantInTheWay {
  account: string;
  role: Role;
  grant: string;
  from: string;
  to?: string;
}

/** The days of a grant, which may have no last one. */
const days = {
  zh: ({ from, to }: GrantInTheWay) => (to === undefined ? `自${from}起` : `自${from}至${to}`),
  en: ({ from, to }: GrantInTheWay) => (to === undefined ? `from ${from} on` : `from ${from} to ${to}`),
};

/** Who may do what: roles, grants and their limits. */
export const accessRefusals = {
  ROLE_NOT_ALLOWED: refusal<{ operation: string; roles: readonly Role[]; held: readonly Role[] }>(
    403,
    (f) =>
      `您今天的角色:${f.held.map(named.zh).join('、') || '无'},不能办理这一操作(${f.operation})。可办理的角色:${f.roles.map(named.zh).join('、') || '无'}。如有需要,请系统管理员授权。`,
    (f) =>
      `Your roles of today (${f.held.map(named.en).join(', ') || 'none'}) do not allow this operation (${f.operation}); it is for: ${f.roles.map(named.en).join(', ') || 'nobody'}. Ask the system administrator for a grant if you need one.`,
  ),
  GRANT_TOO_NARROW: refusal<{ needs: Reach }>(
    403,
    (f) => `您今天的授权范围不够:办理这一操作须${REACHES[f.needs].zh}。请由授权范围更大的人员办理,或请系统管理员授权。`,
    (f) =>
      `Your grants of today do not reach far enough: ${REACHES[f.needs].en}. Ask somebody whose grants do, or the system administrator for a grant.`,
  ),
  RETRY_CHANGES_TERMS: refusal<{ of: Reviewed; fields: readonly string[] }>(
    422,
    (f) =>
      `重试以原制单人、审核人的名义入账,不能更改已审核的内容(${f.fields.join('、')})。请先在账套中排除被拒绝的原因,再不填这些内容重试。${REVIEWED[f.of].zh}`,
    (f) =>
      `A retry is booked under the names of those who prepared and reviewed it, so it cannot change what they signed (${f.fields.join(', ')}). Mend in the book what it was refused for and retry without these fields. ${REVIEWED[f.of].en}`,
  ),
  SELF_GRANT: refusal<{ account: string }>(
    422,
    (f) => `不能给自己(${f.account})授权。请另一位系统管理员办理。`,
    (f) => `Nobody grants a role to himself (${f.account}). Ask another system administrator.`,
  ),
  ROLE_LEVEL: refusal<{ role: Role; division: string; level: keyof typeof LEVELS | 'any' }>(
    422,
    (f) =>
      `${roles[f.role].zh}须授权到${f.level === 'any' ? '任一级' : LEVELS[f.level][0]}区划,${f.division}不是。请改用相应级别的区划代码。`,
    (f) =>
      `A ${roles[f.role].en} is granted for a ${f.level === 'any' ? 'division' : LEVELS[f.level][1]}, and ${f.division} is none. Give a division code of that level.`,
  ),
  ROLE_BOOKS: refusal<{ role: Role }>(
    422,
    (f) => `只有三资代理中心会计可以限定账套,${roles[f.role].zh}不可以。请去掉books。`,
    (f) => `Only a township accountant is assigned books, a ${roles[f.role].en} is not. Leave books out.`,
  ),
  ROLE_HOUSEHOLD: refusal<{ role: Role }>(
    422,
    (f) => `只有村民的授权可以填写本户(household),${roles[f.role].zh}不可以。请去掉household。`,
    (f) => `Only a villager’s grant names his household, that of a ${roles[f.role].en} does not. Leave household out.`,
  ),
  GRANT_PERIOD: refusal<{ from: string; to: string }>(
    422,
    (f) => `授权止日${f.to}早于起日${f.from}。请更正日期。`,
    (f) => `The grant would end on ${f.to}, before it begins on ${f.from}. Correct the dates.`,
  ),
  ROLE_CONFLICT: refusal<GrantInTheWay & { held: Role }>(
    422,
    (f) =>
      `${roles[f.role].zh}不能授予${f.account}:该账号${days.zh(f)}为${roles[f.held].zh},两个岗位不能由一人兼任(出纳不报账、不管账,系统管理员不办业务)。请授予另一人,或先收回授权${f.grant},或错开日期。`,
    (f) =>
      `The role of ${roles[f.role].en} cannot be given to ${f.account}, who is ${roles[f.held].en} ${days.en(f)}: one person does not hold both, as a cashier neither submits vouchers nor keeps books, and an administrator does nothing else. Give it to somebody else, take grant ${f.grant} back first, or choose days that do not overlap.`,
  ),
  GRANT_DUPLICATE: refusal<GrantInTheWay & { division: string }>(
    422,
    (f) =>
      `${f.account}${days.zh(f)}已在${f.division}担任${roles[f.role].zh}(授权${f.grant}),无需重复授权。需要延长或改期的,请错开日期,或先收回该授权再授。`,
    (f) =>
      `${f.account} is ${roles[f.role].en} of ${f.division} ${days.en(f)} already, by grant ${f.grant}. For other days, choose some that do not overlap, or take that grant back first.`,
  ),
  GRANT_UNKNOWN: refusal<{ grant: string }>(
    404,
    (f) => `没有编号为${f.grant}的授权。请查看授权列表。`,
    (f) => `There is no grant ${f.grant}. See the list of grants.`,
  ),
  GRANT_REVOKED: refusal<{ grant: string }>(
    422,
    (f) => `授权${f.grant}已收回,无需再收。`,
    (f) => `Grant ${f.grant} was taken back already; nothing is left to do.`,
  ),
  LAST_ADMINISTRATOR: refusal<{ account: string }>(
    422,
    (f) =>
      `除${f.account}外,没有能登录的长期系统管理员,不能收回其授权,不能停用其账号,也不能重置其密码或更换其统一身份认证标识。请先给另一人授予系统管理员且不设止日,并请其登录、改好一次性密码;忘记密码的,由运维人员在本机重置。`,
    (f) =>
      `Beside ${f.account} there is no lasting system administrator who can log in, so the grant is not taken back, nor is the account disabled, its password reset or its subject at the identity provider changed. Grant the role to somebody else first, without a last day, who logs in and changes the one-time password; a password that is forgotten is reset on the machine itself.`,
  ),
} as const;
