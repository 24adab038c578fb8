import { Type } from 'class-transformer';
import { IsIn, IsInt, Matches, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { IsDateOrYear, IsOneObject, IsText, MayBeLeftOut } from '../checks.js';
import { Command } from '../command.js';
import { MAX_SUM_FEN } from '../money.js';
import { type MeasureUnit, measureUnits } from './measures.js';
import { type Qualifier, qualifiers } from './qualifiers.js';

/** Values keep clear of the integers that JSON can lose, as sums do. */
export const MAX_INDICATOR_VALUE = MAX_SUM_FEN;

/** Where a figure was published. */
export class PublishedSource {
  /** The document: title, number, date of issue. */
  @IsText() document!: string;
  /** Where in it: a line, a page, a table's cell. */
  @IsText() @MaxLength(64) line!: string;
  @MayBeLeftOut() @IsText() quote?: string;
}

/** The two figures that a published ratio is of, both in their own unit. */
export class RatioParts {
  @IsInt() @Min(0) @Max(MAX_INDICATOR_VALUE) numerator!: number;
  @IsInt() @Min(1) @Max(MAX_INDICATOR_VALUE) denominator!: number;
}

/** A published figure, as it was published. */
export class ReportIndicator extends Command {
  /** From the path: the code of a division, or of the city or province above. */
  scope!: string;
  measure!: string;
  /** In whole units of the measure: 8.28 亿元 is 82,800,000,000 fen. */
  @IsInt() @Min(0) @Max(MAX_INDICATOR_VALUE) value!: number;
  @IsIn(Object.keys(measureUnits)) unit!: MeasureUnit;
  @IsIn(Object.keys(qualifiers)) qualifier!: Qualifier;
  /** The day or the year that the figure is about. */
  @IsDateOrYear() asOf!: string;
  @IsOneObject() @ValidateNested() @Type(() => PublishedSource) source!: PublishedSource;
  @MayBeLeftOut() @IsOneObject() @ValidateNested() @Type(() => RatioParts) parts?: RatioParts;
  /** The id of the reading that this one takes the place of. */
  @MayBeLeftOut() @Matches(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) corrects?: string;
}
