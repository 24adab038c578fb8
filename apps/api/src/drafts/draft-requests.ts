import { IsStaffId, IsText } from '@ledger/domain';
import { type DraftStatus, draftStatuses } from '@ledger/drafts';
import { IsIn, IsOptional, IsUUID, ValidateBy } from 'class-validator';
import { IsDivisionCode, IsKeyCursor, IsPageLimit } from '../read/queries.js';

const IsPostingBody = () =>
  ValidateBy({
    name: 'isPostingBody',
    validator: {
      validate: (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value),
    },
  });

/** Drafts are not in the ledger, so they have neither `asOf` nor `knownAt`. */
export class DraftsQuery {
  @IsOptional() @IsIn(draftStatuses) status?: DraftStatus;
  @IsOptional() @IsUUID() book?: string;
  @IsOptional() @IsDivisionCode() division?: string;
  @IsOptional() @IsStaffId() preparedBy?: string;
  /** What the asker can do something about: sign what waits for a reviewer, mend what came back to him. */
  @IsOptional() @IsIn(['me']) waitingFor?: 'me';
  @IsOptional() @IsKeyCursor() after?: string;
  @IsOptional() @IsPageLimit() limit?: string;
}

/** A draft as it is now has no times either. */
export class DraftQuery {}

export class ReturnDraft {
  @IsText() reason!: string;
}

export class ResubmitDraft {
  /** As the route of its command takes it; looked into once it is known which that is. */
  @IsPostingBody() body!: Record<string, unknown>;
}
