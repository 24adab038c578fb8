import type { SignatureName, Signatures } from '@ledger/domain';

export const draftStatuses = ['SUBMITTED', 'RETURNED', 'WITHDRAWN', 'APPROVED'] as const;
export type DraftStatus = (typeof draftStatuses)[number];

/** What a queue shows of a draft, as the ledger understood it when it was submitted. */
export interface Headline {
  /** The 12-digit code of the village, or of the village that leads the project. */
  readonly division: string;
  /** Every village that it tells of: who does not see them all is not told of it. */
  readonly touched: readonly string[];
  readonly book: string | null;
  readonly summary: string | null;
  /** What one side of its vouchers comes to; null where none is known before it is recorded. */
  readonly amountFen: number | null;
  /** The day of its business; absent from what was submitted before it was kept. */
  readonly effectiveOn?: string;
  /** A hash of what it would have recorded then. */
  readonly figures: string;
}

/** What somebody has looked at before he signs: the content of a version, and what it would record. */
export interface Looked {
  readonly version: number;
  /** Those of its submission when left out. */
  readonly figures?: string;
}

export interface Step {
  readonly did: 'SUBMITTED' | 'RETURNED' | 'RESUBMITTED' | 'WITHDRAWN' | 'SIGNED' | 'APPROVED';
  readonly by: string;
  /** An instant in UTC. */
  readonly at: string;
  /** Of which content. */
  readonly version: number;
  readonly as?: SignatureName;
  readonly reason?: string;
}

/** Why the ledger did not take it when somebody approved it. */
export interface ApprovalRefused {
  readonly by: string;
  readonly at: string;
  readonly code: string;
  readonly messageZh: string;
  readonly messageEn: string;
}

/** Where it stands in the ledger. */
export interface RecordedAs {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly facts: readonly { readonly id: string; readonly type: string; readonly revision: number }[];
  readonly id?: string;
}

/** A command that waits for the signatures of others. What it asks for is kept beside it, under each version. */
export interface Draft extends Headline {
  readonly id: string;
  /** The name of the command's class, such as `RecordIncome`. */
  readonly command: string;
  /** The fields of the command that its route has in the path. */
  readonly path: Readonly<Record<string, string | number>>;
  readonly status: DraftStatus;
  /** Of its content: 1, and one more each time it is submitted again. */
  readonly version: number;
  readonly preparedBy: string;
  /** Who was asked to review it; another reviewer may. */
  readonly reviewer: string;
  /** Who has signed so far, in deed and not by being named. */
  readonly signatures: Signatures;
  /** What those who reviewed it have signed for; absent before the first of them. */
  readonly signedFigures?: string;
  /** Whose signatures are still missing, in the order in which they are given. */
  readonly missing: readonly SignatureName[];
  readonly steps: readonly Step[];
  readonly refused?: ApprovalRefused;
  readonly recorded?: RecordedAs;
}

/** What was submitted, as it was sent. */
export interface Content {
  readonly version: number;
  readonly body: Readonly<Record<string, unknown>>;
}
