import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsIn, IsString, MaxLength, ValidateNested } from 'class-validator';
import {
  IsBankAccount,
  IsLocalDate,
  IsMobile,
  IsOneObject,
  IsPersonName,
  IsText,
  type LocalDate,
  MayBeLeftOut,
} from '@ledger/domain';

/** What the vault holds of a household, as it is entered. Nothing of it ever reaches a fact, a log line or an error. */

export const relations = ['HEAD', 'SPOUSE', 'CHILD', 'PARENT', 'GRANDCHILD', 'SIBLING', 'OTHER'] as const;

const MAX_PEOPLE = 30;
/** Longer than any number with its spaces; whether it is right is a refusal with its own code. */
const MAX_RESIDENT_ID = 32;

export class HouseholdMember {
  @IsPersonName() name!: string;
  @IsIn(relations) relation!: (typeof relations)[number];
  @MayBeLeftOut() @IsString() @MaxLength(MAX_RESIDENT_ID) residentId?: string;
  @MayBeLeftOut() @IsMobile() phone?: string;
}

/** The people of a household: what they agreed to have held. */
export class ConsentData {
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(MAX_PEOPLE)
  @IsOneObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => HouseholdMember)
  people!: HouseholdMember[];
  @MayBeLeftOut() @IsText() address?: string;
}

export class Payee {
  @IsPersonName() name!: string;
  @IsBankAccount() bankAccount!: string;
  @IsText() bank!: string;
}

export class CollectiveMember {
  @IsPersonName() name!: string;
  @MayBeLeftOut() @IsString() @MaxLength(MAX_RESIDENT_ID) residentId?: string;
  @IsLocalDate() memberSince!: LocalDate;
}

/** Who is paid, and who is a member of the collective: what accounting and membership want kept. */
export class StatutoryData {
  @MayBeLeftOut() @IsOneObject() @ValidateNested() @Type(() => Payee) payee?: Payee;
  @MayBeLeftOut()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(MAX_PEOPLE)
  @IsOneObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => CollectiveMember)
  members?: CollectiveMember[];
  /** The last day that the law wants it kept. */
  @IsLocalDate() retainUntil!: LocalDate;
}

/** One part at a time: each rests on a ground of its own, and is a fact of its own. */
export class PersonalData {
  @MayBeLeftOut() @IsOneObject() @ValidateNested() @Type(() => ConsentData) consent?: ConsentData;
  @MayBeLeftOut() @IsOneObject() @ValidateNested() @Type(() => StatutoryData) statutory?: StatutoryData;
}
