import {
  IsLocalDate,
  isLocalDate,
  IsPeriod,
  type LocalDate,
  type MeasureUnit,
  measureUnits,
  type Period,
  projectCategories,
} from '@ledger/domain';
import { IsIn, IsOptional, Matches, ValidateBy } from 'class-validator';

/** A bare `+` in a query arrives as a space; people write it so, and nothing else can be meant. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+ -]\d{2}:\d{2})$/;

/** A position, or an instant with its zone. */
export const IsKnownAt = () =>
  ValidateBy({
    name: 'isKnownAt',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' &&
        (/^\d{1,15}$/.test(value) ||
          (INSTANT.test(value) && isLocalDate(value.slice(0, 10)) && !Number.isNaN(instantOf(value)))),
    },
  });

/** Milliseconds since the epoch of an instant in a query. */
export function instantOf(text: string): number {
  return Date.parse(text.replace(' ', '+'));
}

export const IsCursor = () =>
  ValidateBy({ name: 'isCursor', validator: { validate: (value: unknown) => cursorPosition(value) !== undefined } });

export const IsKeyCursor = () =>
  ValidateBy({ name: 'isCursor', validator: { validate: (value: unknown) => keyIn(value) !== undefined } });

/** A district, township or village; the zeros at the end of a code may be left out. */
export const IsDivisionCode = () => matching('isDivisionCode', /^(\d{6}|\d{9}|\d{12})$/);

export const IsPageLimit = () => matching('isPageLimit', /^([1-9]\d{0,2}|1000)$/);

/** How many rows a page holds at most where a question does not say. */
export const DEFAULT_LIMIT = 100;

export function limitOf({ limit }: { readonly limit?: string }): number {
  return Number(limit ?? DEFAULT_LIMIT);
}

function matching(name: string, pattern: RegExp): PropertyDecorator {
  return ValidateBy({
    name,
    validator: { validate: (value: unknown) => typeof value === 'string' && pattern.test(value) },
  });
}

/** When the ledger knew: every answer from the views has this time. */
export class KnownQuery {
  /** A position or an instant; the newest when left out. */
  @IsOptional() @IsKnownAt() knownAt?: string;
}

/** Both times: when it was true in the village, and when the ledger knew. */
export class AtQuery extends KnownQuery {
  /** A day in Asia/Shanghai; today when left out. */
  @IsOptional() @IsLocalDate() asOf?: LocalDate;
}

export class BalancesQuery extends AtQuery {
  @IsOptional() @IsIn(['booked', 'restated']) basis?: 'booked' | 'restated';
}

export class IncomeQuery extends AtQuery {
  @IsPeriod() from!: Period;
  @IsPeriod() to!: Period;
  /** `booked` reads by the month in whose books an entry stands, `restated` by the month it belongs to. */
  @IsOptional() @IsIn(['booked', 'restated']) basis?: 'booked' | 'restated';
  /** A village's income is that of its collective's books; `all` adds its other organisations. */
  @IsOptional() @IsIn(['collective', 'all']) books?: 'collective' | 'all';
}

/** Its business time is the month in the books, so it takes no `asOf`. */
export class TrialBalanceQuery extends KnownQuery {
  @IsPeriod() period!: Period;
  @IsOptional() @IsIn(['booked', 'restated']) basis?: 'booked' | 'restated';
  /** Whether the closing vouchers of a year end count; they do unless `before` is asked for. */
  @IsOptional() @IsIn(['before', 'after']) closing?: 'before' | 'after';
}

export class VouchersQuery extends AtQuery {
  @IsPeriod() period!: Period;
}

export class BooksQuery extends AtQuery {
  /** 6, 9 or 12 digits; all books when left out. */
  @IsOptional() @IsDivisionCode() division?: string;
}

/** A page of a long list of things, in the order of their keys. */
export class PageQuery extends AtQuery {
  @IsOptional() @IsKeyCursor() after?: string;
  @IsOptional() @IsPageLimit() limit?: string;
}

/** Projects by their lead villages. */
export class ProjectsQuery extends PageQuery {
  @IsOptional() @IsDivisionCode() division?: string;
}

export class ProjectQuery extends AtQuery {
  /** How the income of the project is read from the books. */
  @IsOptional() @IsIn(['booked', 'restated']) basis?: 'booked' | 'restated';
}

/** Categories are the program's, and have no times. */
export class CategoriesQuery {
  @IsOptional() @IsIn(Object.keys(projectCategories)) table?: string;
}

/** Published figures, page by page. */
export class ReadingsQuery extends AtQuery {
  /** The code of a division, or of the city or province above; all when left out. */
  @IsOptional() @IsDivisionCode() scope?: string;
  @IsOptional() @Matches(/^[a-z][A-Za-z]{0,63}$/) measure?: string;
  @IsOptional() @IsCursor() after?: string;
  @IsOptional() @IsPageLimit() limit?: string;
}

/** Each figure of a page is computed anew from the books of its day, so a page is short. */
export class ComparisonQuery extends AtQuery {
  @IsOptional() @IsCursor() after?: string;
  @IsOptional() @Matches(/^([1-9]|[1-4]\d|50)$/) limit?: string;
}

/** What is reported is the program's, and has no times. */
export class MeasuresQuery {
  @IsOptional() @IsIn(Object.keys(measureUnits)) unit?: MeasureUnit;
}

export class SharesQuery extends PageQuery {
  @IsOptional() @IsIn(['pending', 'booked', 'refused', 'nothing']) status?:
    'pending' | 'booked' | 'refused' | 'nothing';
}

/** The log has record time only: `asOf` has no meaning here and is refused. */
export class EventsQuery {
  @IsOptional() @IsCursor() after?: string;
  @IsOptional() @IsPageLimit() limit?: string;
  @IsOptional() @IsKnownAt() knownAt?: string;
}

/** A feed begins after a position, and only what is recorded then can come: it has neither `asOf` nor `knownAt`. */
export class FeedQuery {
  @IsOptional() @Matches(/^\d{1,15}$/) after?: string;
  @IsOptional() @IsDivisionCode() division?: string;
}

/** An opaque cursor stands for a position, in links too. */
export { positionCursor as cursorAt } from '@ledger/views';

export function cursorPosition(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const [, digits] = /^after:(0|[1-9]\d{0,14})$/.exec(Buffer.from(value, 'base64url').toString()) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** A cursor over things stands for the key of the last one. */
export function keyCursor(key: string): string {
  return Buffer.from(`key:${key}`).toString('base64url');
}

export function keyIn(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 400) return undefined;
  return /^key:([\x21-\x7e]+)$/.exec(Buffer.from(value, 'base64url').toString())?.[1];
}
