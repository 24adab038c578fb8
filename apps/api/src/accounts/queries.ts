import { IsStaffId } from '@ledger/domain';
import { IsOptional, IsString, Matches } from 'class-validator';
import { IsCursor, IsKeyCursor, IsPageLimit } from '../read/queries.js';

/** What is beside the ledger has no times: it is asked as it is now. */
export class NowQuery {}

export class SessionsQuery {
  @IsOptional() @IsStaffId() account?: string;
}

export class TokensQuery {
  @IsOptional() @IsStaffId() account?: string;
}

export class AccountsQuery {
  @IsOptional() @IsKeyCursor() after?: string;
  @IsOptional() @IsPageLimit() limit?: string;
}

export class AccessRecordQuery {
  @IsOptional() @IsCursor() after?: string;
  @IsOptional() @IsPageLimit() limit?: string;
  @IsOptional() @IsStaffId() account?: string;
  @IsOptional() @IsString() @Matches(/^[0-9a-z][0-9a-z-]{1,63}$/) about?: string;
}
