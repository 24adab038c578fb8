import type { Evidence, LocalDate, Posting, VoucherRef } from '@ledger/domain';
import type { AccountName } from '@ledger/views';
import type { MadeFrom } from '../provenance.js';

/** A voucher as it is printed: what stands in the books, and what its reader calls that. */
export interface PrintedVoucher extends MadeFrom {
  readonly village: Named;
  readonly organization: Named;
  readonly book: Named;
  readonly voucher: VoucherRef & {
    readonly position: number;
    readonly kind: string;
    readonly bookedOn: LocalDate;
    readonly effectiveOn: LocalDate;
    readonly summary: string;
    readonly preparedBy: string;
    readonly reviewedBy: string;
    readonly attachmentCount: number;
    readonly sourceDocument: string | null;
    readonly nonRecurring: boolean;
    readonly corrects: NonNullable<Posting['corrects']> | null;
    readonly origin: string | null;
    readonly evidence: readonly Evidence[];
  };
  readonly lines: readonly PrintedLine[];
  readonly reverses: LinkedVoucher | null;
  readonly reversedBy: LinkedVoucher | null;
}

/** The name is empty where the reader is not told. */
export interface Named {
  readonly code: string;
  readonly name: string;
}

export interface LinkedVoucher extends VoucherRef {
  readonly bookedOn: LocalDate;
  readonly href: string;
}

type Line = Posting['lines'][number];

export interface PrintedLine extends Omit<Line, 'account' | 'project' | 'asset'> {
  readonly account: AccountName & { readonly code: string };
  readonly project?: Named;
  readonly asset?: Named;
}
