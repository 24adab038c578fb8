import { ArrayMaxSize, ArrayNotEmpty, ArrayUnique, IsArray, IsIn, IsString, MaxLength } from 'class-validator';
import { IsLocalDate, IsReference, IsText, MayBeLeftOut } from '../checks.js';
import { Command } from '../command.js';
import type { LocalDate } from '../local-date.js';
import {
  type DisclosurePurposeName,
  type ErasureBasis,
  erasureBases,
  type PersonalDataPart,
  personalDataParts,
} from './categories.js';

/** A household under a pseudonym: the ledger knows its village and nothing else of it. */
export class RegisterHousehold extends Command {
  /** The 12-digit code of the village it belongs to, for as long as it lasts. */
  @IsString() @MaxLength(18) village!: string;
  @IsLocalDate() effectiveOn!: LocalDate;
}

/** It moved away, became one with another, or ended. Where it lives on elsewhere, it is registered there anew. */
export class DissolveHousehold extends Command {
  /** From the path. */
  household!: string;
  @IsText() reason!: string;
  /** The first day on which there is no such household. */
  @IsLocalDate() effectiveOn!: LocalDate;
}

const MAX_PURPOSES = 8;

export class GiveConsent extends Command {
  /** From the path. */
  household!: string;
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(MAX_PURPOSES)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  purposes!: string[];
  /** Which text the household has signed. */
  @IsReference() noticeVersion!: string;
  @IsLocalDate() effectiveOn!: LocalDate;
}

/** Takes consent back. With that to the tracking of benefits goes what was held by it. */
export class WithdrawConsent extends Command {
  /** From the path. */
  household!: string;
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(MAX_PURPOSES)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  purposes!: string[];
  @IsLocalDate() effectiveOn!: LocalDate;
}

/** That the vault is about to hold something; the shell sets all of it, and the values never come here. */
export class EnterPersonalData extends Command {
  household!: string;
  part!: PersonalDataPart;
  /** The key to make where the part has none yet. */
  newKeyId!: string;
  fields!: string[];
  /** Whether it takes the place of what is held. */
  corrects!: boolean;
  retainUntil?: LocalDate;
}

/** That somebody is about to be shown something; the shell sets the household, and whose data it is for whom. */
export class DisclosePersonalData extends Command {
  /** From the path. */
  household!: string;
  @IsIn(Object.keys(personalDataParts)) part!: PersonalDataPart;
  @IsString() @MaxLength(64) purpose!: string;
  /** The document that the duty or the request rests on. */
  @MayBeLeftOut() @IsReference() basis?: string;
  /** The names of the fields that there are; from the vault. */
  fields!: string[];
  /** The purposes that are allowed to the asker. */
  allowed!: readonly DisclosurePurposeName[];
}

/** That the people concerned are about to be given all that is held of them; the shell sets the household and the fields. */
export class ExportPersonalData extends Command {
  /** From the path. */
  household!: string;
  /** The request that it rests on. */
  @MayBeLeftOut() @IsReference() basis?: string;
  /** The names of the fields that there are in each part; from the vault. */
  fieldsOf!: Readonly<Partial<Record<PersonalDataPart, string[]>>>;
}

/** Destroys the key of a part; what the law wants kept is restricted until its time is over. */
export class ErasePersonalData extends Command {
  /** From the path. */
  household!: string;
  @IsIn(Object.keys(personalDataParts)) part!: PersonalDataPart;
  @IsIn(Object.keys(erasureBases)) basis!: ErasureBasis;
}

export type HouseholdCommand =
  | RegisterHousehold
  | DissolveHousehold
  | GiveConsent
  | WithdrawConsent
  | EnterPersonalData
  | DisclosePersonalData
  | ExportPersonalData
  | ErasePersonalData;
