import type { Command } from '@ledger/domain';
import type { Operation } from '../access/rules/index.js';

type Domain = typeof import('@ledger/domain');

/** Whether it names a reviewer, itself or in one of its parts. */
type IsSigned<C> = C extends { reviewedBy: string }
  ? true
  : true extends { [F in keyof C]-?: NonNullable<C[F]> extends { reviewedBy: string } ? true : false }[keyof C]
    ? true
    : false;

/** The names of the commands that become drafts. What a book is asked for by the ledger itself never does. */
type Drafted = Exclude<
  {
    [Name in keyof Domain]: Domain[Name] extends new () => infer C
      ? C extends Command
        ? IsSigned<C> extends true
          ? Name
          : never
        : never
      : never;
  }[keyof Domain],
  'BookPosting'
>;

const READ_BY: Readonly<Record<Drafted, Operation>> = {
  RecordIncome: 'getDivisionsIncomeEntries',
  RecordExpense: 'getBooksVouchers',
  PostVoucher: 'getBooksVouchers',
  ReverseVoucher: 'getBooksVouchers',
  RunDepreciation: 'getBooksVouchers',
  RegisterAsset: 'getBooksVouchers',
  ImproveAsset: 'getBooksVouchers',
  RevalueAsset: 'getBooksVouchers',
  DisposeAsset: 'getBooksVouchers',
  RetryAssetPosting: 'getBooksVouchers',
  RecordOpeningBalances: 'getBooksBalances',
  ConvertStandard: 'getBooksBalances',
  CloseYear: 'getBooksBalances',
  HandOverBook: 'getBooksHandovers',
  SettleIncome: 'getProjectsSettlements',
  AdjustSettlement: 'getProjectsSettlements',
};

/** By the command, the read that tells what came of it: to whom that is refused, the draft is not shown either. */
export const draftsReadBy: ReadonlyMap<string, Operation> = new Map(Object.entries(READ_BY));
