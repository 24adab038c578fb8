import { ValidateBy, ValidateIf, type ValidationOptions } from 'class-validator';
import { isLocalDate, isPeriod, isYear } from './local-date.js';

/** The shapes that commands and queries are built from. A shape says only what a value looks like; rules are in deciders. */

export const STAFF_ID = /^[a-z][a-z0-9-]{1,31}$/;
/** What people choose begins with a letter; what the ledger gave out may be a UUID, with the number of an asset behind it. */
export const REFERENCE = /^([A-Za-z][A-Za-z0-9._-]{0,63}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(-[1-9]\d{0,5})?)$/;
export const ACCOUNT_CODE = /^([a-z0-9-]{1,32}:)?\d{3}(\d{2}){0,3}$/;
/** The hash of an attachment's bytes, and the only name that it has. */
export const SHA256 = /^[0-9a-f]{64}$/;
/** Letters of any script, and what stands between the parts of a name. */
export const PERSON_NAME = /^[\p{L}·. ]{1,60}$/u;
/** Of the mainland, without country code. */
export const MOBILE = /^1[3-9]\d{9}$/;
/** Of a card or a savings book: the check digit of cards is no reason to refuse one. */
export const BANK_ACCOUNT = /^\d{10,25}$/;
export const MAX_TEXT_LENGTH = 500;
/**
 * What no text may hold, as the inside of a character class. Control characters have no place in a summary and break
 * printed vouchers, and those that turn the direction of writing make them read otherwise.
 */
export const FORBIDDEN_CHARACTERS = '\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069';
const FORBIDDEN = new RegExp(`[${FORBIDDEN_CHARACTERS}]`, 'u');

/** Amounts must be numbers here; whether they are whole, positive and within bounds is a refusal with its own code. */
export const IsFen = shape('isFen', (value) => typeof value === 'number' && Number.isFinite(value));
export const IsLocalDate = shape('isLocalDate', isLocalDate);
export const IsPeriod = shape('isPeriod', isPeriod);
/** What a figure is about: a day, or a whole year. */
export const IsDateOrYear = shape('isDateOrYear', (value) => isYear(value) || isLocalDate(value));
/** Who prepared, reviewed or closed: a staff id of the township's centre, never a person's name. */
export const IsStaffId = shape('isStaffId', (value) => typeof value === 'string' && STAFF_ID.test(value));
/** A pseudonymous reference to a party, project, contract, grant or asset. */
export const IsReference = shape('isReference', (value) => typeof value === 'string' && REFERENCE.test(value));
/** `50102` or `rural-collective-2024:50102`; the bare code is of the chart of the year it is booked in. */
export const IsAccountCode = shape('isAccountCode', (value) => typeof value === 'string' && ACCOUNT_CODE.test(value));
export const IsSha256 = shape('isSha256', (value) => typeof value === 'string' && SHA256.test(value));
export const IsPersonName = shape('isPersonName', (value) => typeof value === 'string' && PERSON_NAME.test(value));
export const IsMobile = shape('isMobile', (value) => typeof value === 'string' && MOBILE.test(value));
export const IsBankAccount = shape('isBankAccount', (value) => typeof value === 'string' && BANK_ACCOUNT.test(value));
export const IsText = shape(
  'isText',
  (value) =>
    typeof value === 'string' &&
    value.trim().length > 0 &&
    value.length <= MAX_TEXT_LENGTH &&
    !FORBIDDEN.test(value) &&
    // Half a surrogate pair becomes another character in every copy of the text.
    value.isWellFormed(),
);

/** One object, never a list: class-validator alone lets a list, even an empty one, pass for a nested object. */
export const IsOneObject = shape(
  'isOneObject',
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);
/** A field may be left out, but not sent as `null`: a fact says something or has no such key. */
export const MayBeLeftOut = (): PropertyDecorator => ValidateIf((_, value: unknown) => value !== undefined);

function shape(name: string, validate: (value: unknown) => boolean) {
  return (options?: ValidationOptions): PropertyDecorator => ValidateBy({ name, validator: { validate } }, options);
}
