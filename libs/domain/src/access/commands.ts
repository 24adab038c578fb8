import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsString, IsUUID, MaxLength } from 'class-validator';
import { IsLocalDate, IsStaffId, IsText, MayBeLeftOut } from '../checks.js';
import { Command } from '../command.js';
import type { LocalDate } from '../local-date.js';
import { type Role, roleNames } from './roles.js';

export const MAX_GRANTED_BOOKS = 100;

/** Gives a role to an account, for a division and a time. */
export class GrantRole extends Command {
  @IsStaffId() account!: string;
  @IsIn(roleNames) role!: Role;
  @IsString() @MaxLength(18) division!: string;
  /** The books of an accountant who keeps only some of the township's. */
  @MayBeLeftOut()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_GRANTED_BOOKS)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  books?: string[];
  /** The household of a villager, which he may then read. */
  @MayBeLeftOut() @IsUUID('all') household?: string;
  @IsLocalDate() from!: LocalDate;
  /** The last day. */
  @MayBeLeftOut() @IsLocalDate() to?: LocalDate;
}

/** Takes a grant back, from now on. */
export class RevokeRole extends Command {
  /** From the path. */
  grant!: string;
  @IsText() reason!: string;
}

export type AccessCommand = GrantRole | RevokeRole;
