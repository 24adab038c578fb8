import { ACCOUNT_CODE, IsPeriod, IsReference, type Period } from '@ledger/domain';
import type { IncomeMeasure } from '@ledger/views';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { type AnswerFormat, answerFormats } from './report-format.js';
import { AtQuery, IsDivisionCode, IsKnownAt, PageQuery } from './queries.js';

/** Qualified accounts, as the answers give them, with commas between them; `*` stands for what is below. */
const ACCOUNT = `${ACCOUNT_CODE.source.slice(1, -1).replace(')?', ')')}\\*?`;
const ACCOUNTS = new RegExp(`^${ACCOUNT}(,${ACCOUNT}){0,199}$`);

export const incomeMeasures: readonly IncomeMeasure[] = [
  'recognised',
  'collected',
  'nonRecurring',
  'corrected',
  'unallocated',
];

export class MonthlyIncomeQuery extends AtQuery {
  @IsDivisionCode() scope!: string;
  @IsPeriod() period!: Period;
  @IsOptional() @IsIn(['booked', 'restated']) basis?: 'booked' | 'restated';
  /** A position or an instant, not after `knownAt`. */
  @IsOptional() @IsKnownAt() since?: string;
  /** What it comes in; by the `Accept` header, else JSON. */
  @IsOptional() @IsIn(answerFormats) format?: AnswerFormat;
}

export class IncomeEntriesQuery extends PageQuery {
  @IsPeriod() from!: Period;
  @IsPeriod() to!: Period;
  @IsOptional() @IsIn(incomeMeasures) measure?: IncomeMeasure;
  @IsOptional() @IsIn(['booked', 'restated']) basis?: 'booked' | 'restated';
  @IsOptional() @IsIn(['operating', 'other']) role?: 'operating' | 'other';
  @IsOptional() @Matches(ACCOUNTS) accounts?: string;
  @IsOptional() @IsReference() project?: string;
  @IsOptional() @IsIn(['true']) withoutProject?: 'true';
}
