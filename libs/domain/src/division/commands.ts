import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { IsLocalDate, IsOneObject, IsText, MayBeLeftOut } from '../checks.js';
import { Command } from '../command.js';
import type { LocalDate } from '../local-date.js';

export class RegisterDivision extends Command {
  @IsString() @MaxLength(18) code!: string;
  @IsText() name!: string;
  /** From when the code and the name hold. */
  @IsLocalDate() effectiveOn!: LocalDate;
  /** The code of the division above, when the sender wants it checked; it follows from the code. */
  @MayBeLeftOut() @IsString() @MaxLength(18) parent?: string;
}

export class RenameDivision extends Command {
  /** From the path. */
  code!: string;
  @IsText() name!: string;
  @IsLocalDate() effectiveOn!: LocalDate;
}

export class RecodedVillage {
  @IsString() @MaxLength(18) code!: string;
  @IsString() @MaxLength(18) newCode!: string;
}

export class RecodeDivision extends Command {
  /** From the path. */
  code!: string;
  @IsString() @MaxLength(18) newCode!: string;
  /** The first day of the new code. */
  @IsLocalDate() effectiveOn!: LocalDate;
  /** The villages of a township that do not keep their last three digits; all others follow by themselves. */
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(999)
  @IsOneObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => RecodedVillage)
  villages?: RecodedVillage[];
  @MayBeLeftOut() @IsText() reason?: string;
}

export class MergeVillages extends Command {
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(18, { each: true })
  from!: string[];
  /** A registered village, which goes on; it may have been registered for the merger. */
  @IsString() @MaxLength(18) to!: string;
  /** The first day on which only the merged village is there. */
  @IsLocalDate() effectiveOn!: LocalDate;
  @MayBeLeftOut() @IsText() reason?: string;
}

export class AbolishDivision extends Command {
  /** From the path. */
  code!: string;
  /** The first day on which it is no longer there. */
  @IsLocalDate() effectiveOn!: LocalDate;
  @IsText() reason!: string;
  /** A division of the same level in whose sums the money goes on. */
  @MayBeLeftOut() @IsString() @MaxLength(18) successor?: string;
}

export type DivisionCommand = RegisterDivision | RenameDivision | RecodeDivision | MergeVillages | AbolishDivision;
