import { IsStaffId, MayBeLeftOut } from '@ledger/domain';
import { IsIn } from 'class-validator';
import { IsKeyCursor, IsPageLimit } from '../read/queries.js';

export class GrantsQuery {
  @MayBeLeftOut() @IsStaffId() account?: string;
  @MayBeLeftOut() @IsIn(['true', 'false']) held?: 'true' | 'false';
  @MayBeLeftOut() @IsKeyCursor() after?: string;
  @MayBeLeftOut() @IsPageLimit() limit?: string;
}
