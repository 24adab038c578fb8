import { IsStaffId, MayBeLeftOut } from '@ledger/domain';
import { IsIn } from 'class-validator';

export class GrantsQuery {
  @MayBeLeftOut() @IsStaffId() account?: string;
  @MayBeLeftOut() @IsIn(['true', 'false']) held?: 'true' | 'false';
}
