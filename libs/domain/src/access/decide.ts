import { codeForSight } from '../division/in-sight.js';
import { levelOf } from '../division-code.js';
import { type DivisionTree, divisionOn, emptyDivisionTree, validDivisionCode } from '../division-tree.js';
import { type Household, refuseUnknownHousehold } from '../household/household.js';
import { uuidV8 } from '../identity.js';
import type { LocalDate } from '../local-date.js';
import { Refusal } from '../refusal.js';
import { refusePersonalData, type Setting } from '../rules.js';
import { type AccessCommand, GrantRole, type RevokeRole } from './commands.js';
import {
  type AccessFact,
  type Grant,
  type Grants,
  lastingAdministrators,
  type RoleGranted,
  type RoleRevoked,
} from './grants.js';
import { areApart, type Role, roles } from './roles.js';
import { refuseBeyond } from './sight.js';

/** What a decision about grants looks at beside them: the tree that the granted division stands in, and who lives there. */
export interface AccessSetting extends Setting {
  readonly divisions?: DivisionTree;
  /** The household that the command names. */
  readonly household?: Household;
}

/**
 * Nobody grants to himself, and one administrator is always left. A district may be granted before it is registered:
 * somebody has to be there who registers it.
 */
export function decideAccess(command: AccessCommand, grants: Grants, beside: AccessSetting): AccessFact[] {
  return command instanceof GrantRole ? [grant(command, grants, beside)] : [revoke(command, grants, beside)];
}

function grant(command: GrantRole, grants: Grants, beside: AccessSetting): RoleGranted {
  const { divisions, today, sight } = beside;
  const { context, account, role, books, household, from, to } = command;
  if (account === context.actor) throw new Refusal('SELF_GRANT', { account }, 'account');
  if (to !== undefined && to < from) throw new Refusal('GRANT_PERIOD', { from, to }, 'to');
  const division = validDivisionCode(command.division, 'division');
  const { level } = roles[role];
  if (level !== 'any' && levelOf(division) !== level) {
    throw new Refusal('ROLE_LEVEL', { role, division, level }, 'division');
  }
  // A district need not be registered to be granted, so that it is in sight is asked for itself.
  refuseBeyond(sight, division, 'division', 'division');
  if (levelOf(division) !== 'district') divisionOn(divisions ?? emptyDivisionTree(), division, today, 'division');
  if (books !== undefined && role !== 'TOWN_ACCOUNTANT') throw new Refusal('ROLE_BOOKS', { role }, 'books');
  if (household !== undefined) refuseOtherHousehold({ role, division, household }, beside);
  refuseConflict(command, grants);
  const data: Grant = {
    grant: newGrantId(context.commandId),
    account,
    role,
    division,
    ...(books === undefined ? {} : { books }),
    ...(household === undefined ? {} : { household }),
    from,
    ...(to === undefined ? {} : { to }),
  };
  refuseDuplicate(data, grants);
  return { type: 'RoleGranted', version: 1, division, effectiveOn: today, data };
}

/**
 * A household is a villager's, of his village. One of another village is as unknown as one that there is not: who gives
 * grants does not find out by trying where somebody lives.
 */
function refuseOtherHousehold(
  { role, division, household }: { role: Role; division: string; household: string },
  { divisions, household: known = {}, today }: AccessSetting,
): void {
  if (role !== 'VILLAGER') throw new Refusal('ROLE_HOUSEHOLD', { role }, 'household');
  const { registered } = known;
  // Its people have gone with the village that it was registered in.
  if (registered === undefined || codeForSight(divisions, registered.village, today) !== division) {
    throw new Refusal('HOUSEHOLD_UNKNOWN', { household, village: division }, 'household');
  }
  refuseUnknownHousehold(known, household, today, 'household');
}

/** Duties that one person must not hold together are not granted for days that they would share. */
function refuseConflict({ account, role, from, to }: GrantRole, { byAccount, revoked }: Grants): void {
  const other = (byAccount.get(account) ?? []).find(
    (held) => !revoked.has(held.grant) && areApart(held.role, role) && overlap(held, { from, to }),
  );
  if (other === undefined) return;
  const until = other.to === undefined ? {} : { to: other.to };
  const facts = { account, role, held: other.role, grant: other.grant, from: other.from, ...until };
  throw new Refusal('ROLE_CONFLICT', facts, 'role');
}

/** Who takes one of two equal grants back would leave the other, and nobody would notice. */
function refuseDuplicate(wanted: Grant, { byAccount, revoked }: Grants): void {
  const { account, role, division } = wanted;
  const other = (byAccount.get(account) ?? []).find(
    (held) =>
      !revoked.has(held.grant) &&
      held.role === role &&
      held.division === division &&
      booksOf(held) === booksOf(wanted) &&
      held.household === wanted.household &&
      overlap(held, wanted),
  );
  if (other === undefined) return;
  const until = other.to === undefined ? {} : { to: other.to };
  throw new Refusal(
    'GRANT_DUPLICATE',
    { account, role, division, grant: other.grant, from: other.from, ...until },
    'role',
  );
}

const booksOf = ({ books }: Grant): string | undefined => books?.toSorted().join();

interface Days {
  readonly from: LocalDate;
  readonly to?: LocalDate | undefined;
}

function overlap(one: Days, other: Days): boolean {
  return !(one.to !== undefined && one.to < other.from) && !(other.to !== undefined && other.to < one.from);
}

function revoke({ grant: id, reason }: RevokeRole, grants: Grants, { today, sight }: AccessSetting): RoleRevoked {
  refusePersonalData({ reason });
  const given = grants.byId.get(id);
  if (given === undefined || sight?.seesDivision(given.division) === false)
    throw new Refusal('GRANT_UNKNOWN', { grant: id }, 'grant');
  const { account, role, division } = given;
  if (grants.revoked.has(id)) throw new Refusal('GRANT_REVOKED', { grant: id }, 'grant');
  if (role === 'SYS_ADMIN' && !lastingAdministrators(grants, today).some((other) => other.grant !== id)) {
    throw new Refusal('LAST_ADMINISTRATOR', { account }, 'grant');
  }
  return {
    type: 'RoleRevoked',
    version: 1,
    division,
    effectiveOn: today,
    data: { grant: id, account, role, reason },
  };
}

const newGrantId = (commandId: string): string => uuidV8(`grant\n${commandId}`);
