import { IsLocalDate, IsStaffId, IsText, type LocalDate, MayBeLeftOut } from '@ledger/domain';
import { IsString, Matches, MaxLength } from 'class-validator';

/** Far more than a password may have, and little enough to be hashed; what is too long for one is said by the rules. */
const MAX_SENT_LENGTH = 1_000;
const MAX_CALLBACK_LENGTH = 8_000;

export class LogIn {
  @IsStaffId() id!: string;
  @IsString() @MaxLength(MAX_SENT_LENGTH) password!: string;
}

export class ChangePassword {
  @IsString() @MaxLength(MAX_SENT_LENGTH) password!: string;
  @IsString() @MaxLength(MAX_SENT_LENGTH) newPassword!: string;
}

export class CompleteLogIn {
  @Matches(/^gff_[\w-]{43}$/) flow!: string;
  @IsString() @MaxLength(MAX_CALLBACK_LENGTH) callbackUrl!: string;
}

export class CreateToken {
  @IsText() name!: string;
  @IsLocalDate() to!: LocalDate;
}

/** What OpenID Connect allows for one: 255 characters of ASCII. */
const SUBJECT = /^[\x21-\x7e]{1,255}$/;

export class CreateAccount {
  @IsStaffId() id!: string;
  @MayBeLeftOut() @Matches(SUBJECT) oidcSubject?: string;
}

export class LinkAccount {
  /** Left out, the identity provider vouches for nobody any more. */
  @MayBeLeftOut() @Matches(SUBJECT) oidcSubject?: string;
}
