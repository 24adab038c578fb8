import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsInt,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsLocalDate, IsOneObject, IsReference, IsText, MayBeLeftOut } from '../checks.js';
import { Command } from '../command.js';
import type { LocalDate } from '../local-date.js';
import { WHOLE_BASIS_POINTS } from './allocation.js';

/** The villages of one project: a fact names them all. */
const MAX_VILLAGES = 200;

/** What categories look like; which there are is a refusal with its own code. */
const CATEGORY = /^[A-Z][A-Z0-9_]{0,63}$/;

export class ProposeProject extends Command {
  @IsText() name!: string;
  @IsString() @MaxLength(64) kind!: string;
  @MayBeLeftOut() @IsArray() @ArrayMaxSize(10) @ArrayUnique() @Matches(CATEGORY, { each: true }) types?: string[];
  @MayBeLeftOut() @IsArray() @ArrayMaxSize(20) @ArrayUnique() @Matches(CATEGORY, { each: true }) programmes?: string[];
  /** To whom it belongs, for as long as it lasts; always one of those that take part. */
  @IsString() @MaxLength(18) leadVillage!: string;
  /** The others that take part from the first day on. */
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(MAX_VILLAGES)
  @ArrayUnique()
  @Matches(/^\d{1,18}$/, { each: true })
  villages?: string[];
  @IsLocalDate() effectiveOn!: LocalDate;
}

/** What is asked of a project that is there. */
export abstract class DatedProjectCommand extends Command {
  /** From the path. */
  project!: string;
  @IsLocalDate() effectiveOn!: LocalDate;
}

export class ApproveProject extends DatedProjectCommand {
  /** The resolution that approved it. */
  @MayBeLeftOut() @IsReference() resolution?: string;
}

export class StartProject extends DatedProjectCommand {}

export class SuspendProject extends DatedProjectCommand {
  @IsText() reason!: string;
  /** The day on which it went on, where that is known already: what was recorded since then rests on it. */
  @MayBeLeftOut() @IsLocalDate() resumedOn?: LocalDate;
}

export class ResumeProject extends DatedProjectCommand {}

export class CompleteProject extends DatedProjectCommand {}

export class CloseProject extends DatedProjectCommand {
  @MayBeLeftOut() @IsText() reason?: string;
}

export class JoinVillage extends DatedProjectCommand {
  @IsString() @MaxLength(18) village!: string;
}

export class LeaveVillage extends DatedProjectCommand {
  /** From the path. */
  village!: string;
  @MayBeLeftOut() @IsText() reason?: string;
}

export class SchemeShare {
  @IsString() @MaxLength(18) village!: string;
  /** Ten-thousandths of the whole. */
  @IsInt() @Min(1) @Max(WHOLE_BASIS_POINTS) basisPoints!: number;
  /** The credit code of the collective in whose book the share is to stand. */
  @MayBeLeftOut() @IsString() @MaxLength(32) organization?: string;
}

export class SetAllocationScheme extends DatedProjectCommand {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_VILLAGES)
  @ArrayUnique((share: SchemeShare | null | undefined) => share?.village)
  @IsOneObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => SchemeShare)
  shares!: SchemeShare[];
}

export type LifeCycleCommand =
  ApproveProject | StartProject | SuspendProject | ResumeProject | CompleteProject | CloseProject;
export type ParticipationCommand = JoinVillage | LeaveVillage | SetAllocationScheme;
