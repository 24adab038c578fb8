import { IsIn, IsString, MaxLength } from 'class-validator';
import { IsLocalDate, IsText } from './checks.js';
import { Command, type Origin } from './command.js';
import {
  isCreditCode,
  isOrganizationCode,
  organizationCategories,
  organizationCodeIn,
  type OrganizationKind,
} from './credit-code.js';
import { type DivisionTree, refuseUnknownVillage, validDivisionCode } from './division-tree.js';
import type { Fact, FactDraft } from './fact.js';
import type { LocalDate } from './local-date.js';
import { Refusal } from './refusal.js';
import { originOf, refuseForeignOrigin, refuseFuture, refusePersonalData, type Setting } from './rules.js';

/** A legal person of a village: its collective, committee, company or farmers' cooperative. */
export class RegisterOrganization extends Command {
  @IsString() @MaxLength(32) creditCode!: string;
  @IsText() name!: string;
  @IsIn(Object.keys(organizationCategories)) kind!: OrganizationKind;
  /** The 12-digit code of the village it belongs to. */
  @IsString() @MaxLength(18) village!: string;
  @IsLocalDate() effectiveOn!: LocalDate;
}

export type OrganizationRegistered = FactDraft<
  'OrganizationRegistered',
  { creditCode: string; name: string; kind: OrganizationKind; village: string; origin?: Origin }
>;

export interface Organization {
  registered?: { creditCode: string; name: string; kind: OrganizationKind; village: string };
}

export const organizationStream = (creditCode: string): string => `organization-${creditCode}`;

export function emptyOrganization(): Organization {
  return {};
}

export function decideOrganization(
  command: RegisterOrganization,
  organization: Organization,
  beside: Setting & { divisions: DivisionTree },
): OrganizationRegistered[] {
  const { creditCode, name, kind, effectiveOn } = command;
  refuseFuture(effectiveOn, beside.today, 'effectiveOn');
  refuseForeignOrigin(command.origin, beside.demo);
  refusePersonalData({ name });
  validCreditCode(creditCode, 'creditCode');
  // Only here: an organisation that is registered keeps its code, and its books go on.
  if (!isOrganizationCode(organizationCodeIn(creditCode))) {
    throw new Refusal('CREDIT_CODE_CHECKSUM', { creditCode }, 'creditCode');
  }
  const expected = organizationCategories[kind];
  const actual = creditCode.slice(0, 2);
  if (actual !== expected)
    throw new Refusal('CREDIT_CODE_CATEGORY', { creditCode, kind, expected, actual }, 'creditCode');
  const village = validDivisionCode(command.village, 'village');
  refuseUnknownVillage(beside.divisions, village, effectiveOn, 'village');
  if (organization.registered !== undefined) {
    throw new Refusal('CREDIT_CODE_DUPLICATE', { creditCode, name: organization.registered.name }, 'creditCode');
  }
  const data = { creditCode, name, kind, village, ...originOf(command) };
  return [{ type: 'OrganizationRegistered', version: 1, division: village, effectiveOn, data }];
}

export function validCreditCode(creditCode: string, field: string): string {
  if (!isCreditCode(creditCode)) throw new Refusal('CREDIT_CODE_CHECKSUM', { creditCode }, field);
  return creditCode;
}

export function evolveOrganization(organization: Organization, fact: Fact): Organization {
  const stated = fact as unknown as OrganizationRegistered;
  if (stated.type === 'OrganizationRegistered') organization.registered = stated.data;
  return organization;
}
