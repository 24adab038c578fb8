import type { DivisionLevel } from '../division-code.js';

export interface RoleEntry {
  readonly zh: string;
  readonly en: string;
  /** The level of the division that a grant of it names; `any` for those who look into what they are sent to. */
  readonly level: DivisionLevel | 'any';
}

/**
 * Who works with the ledger of a district, as its offices are called. A role says what may be done; the division of the
 * grant says where. The roles of administration stand at the district, whose ledger it is.
 */
export const roles = {
  VILLAGE_CLERK: { zh: '村报账员', en: 'village clerk', level: 'village' },
  VILLAGE_HEAD: { zh: '村主职(社长)', en: 'village head', level: 'village' },
  VILLAGE_SUPERVISOR: { zh: '村务监督委员会(社监会)', en: 'village supervisor', level: 'village' },
  VILLAGER: { zh: '村民(社员)', en: 'villager', level: 'village' },
  TOWN_ACCOUNTANT: { zh: '三资代理中心会计', en: 'township accountant', level: 'township' },
  TOWN_REVIEWER: { zh: '三资代理中心审核', en: 'township reviewer', level: 'township' },
  TOWN_CASHIER: { zh: '三资代理中心出纳', en: 'township cashier', level: 'township' },
  TOWN_LEADER: { zh: '镇街分管领导', en: 'township leader', level: 'township' },
  DISTRICT_AGRI: { zh: '区农业农村局(经管)', en: 'district agriculture bureau', level: 'district' },
  DISTRICT_ORG: { zh: '区委组织部', en: 'district organisation department', level: 'district' },
  AUDITOR: { zh: '审计(纪检)', en: 'auditor', level: 'any' },
  INSTRUCTOR: { zh: '农村工作指导员', en: 'village instructor', level: 'village' },
  TEAM_LEAD: { zh: '驻村团长', en: 'team lead', level: 'village' },
  FIRST_SECRETARY: { zh: '第一书记', en: 'first secretary', level: 'village' },
  HANDLER: { zh: '承办单位', en: 'handler', level: 'any' },
  PII_OFFICER: { zh: '个人信息保护负责人', en: 'personal-data officer', level: 'district' },
  SYS_ADMIN: { zh: '系统管理员', en: 'system administrator', level: 'district' },
} as const satisfies Readonly<Record<string, RoleEntry>>;

export type Role = keyof typeof roles;

export const roleNames = Object.keys(roles) as readonly Role[];

/** Whoever has the cash in hand neither submits vouchers for the books of it, nor keeps nor reviews them. */
const CASHIER: Role = 'TOWN_CASHIER';
const OF_BOOKS: ReadonlySet<Role> = new Set(['VILLAGE_CLERK', 'TOWN_ACCOUNTANT', 'TOWN_REVIEWER']);

/** Whether one person must not hold both: a cashier keeps no books, and who administers does nothing else. */
export function areApart(one: Role, other: Role): boolean {
  if (one === other) return false;
  if (one === 'SYS_ADMIN' || other === 'SYS_ADMIN') return true;
  return (one === CASHIER && OF_BOOKS.has(other)) || (other === CASHIER && OF_BOOKS.has(one));
}
