import { describe, expect, it } from '@jest/globals';
import { aggregates } from '@ledger/commands';
import {
  Acquisition,
  AssetOpening,
  CloseYear,
  type Command,
  PostVoucher,
  refuseForeignSignature,
  RegisterAsset,
  RegisterDivision,
  sign,
  signaturesOf,
} from '@ledger/domain';

function said<C extends object>(command: new () => C, fields: object): C {
  return Object.assign(new command(), fields);
}

const signed = { preparedBy: 'clerk-1', reviewedBy: 'reviewer-1' };

describe('who signs a command', () => {
  it('are its preparer and its reviewer, and who closes a year with it', () => {
    expect(signaturesOf(said(PostVoucher, { ...signed, summary: '提现' }))).toEqual(signed);
    const closed = { ...signed, closedBy: 'director-1' };
    expect(signaturesOf(said(CloseYear, { ...closed, year: 2024 }))).toEqual(closed);
  });

  it('are those of the acquisition of an asset, and nobody where the book began with it', () => {
    const acquisition = said(Acquisition, { ...signed, summary: '购置' });
    const bought = said(RegisterAsset, { name: '送货车', acquisition });
    expect(signaturesOf(bought)).toEqual(signed);
    sign(bought, { reviewedBy: 'reviewer-2' });
    expect(bought.acquisition).toMatchObject({ preparedBy: 'clerk-1', reviewedBy: 'reviewer-2' });
    expect(signaturesOf(said(RegisterAsset, { name: '老仓库', opening: new AssetOpening() }))).toBeUndefined();
  });

  it('are nobody where nothing is booked', () => expect(signaturesOf(new RegisterDivision())).toBeUndefined());

  it('are found by the fields of every command that there is', () => {
    const every = aggregates.flatMap(({ commands }) => commands.map((command) => new command() as Command));
    const found = every.filter((command) => signaturesOf(command) !== undefined);
    expect(found.map(({ constructor }) => constructor.name).toSorted()).toEqual([
      'AdjustSettlement',
      'BookPosting',
      'CloseYear',
      'ConvertStandard',
      'DisposeAsset',
      'HandOverBook',
      'ImproveAsset',
      'PostVoucher',
      'RecordExpense',
      'RecordIncome',
      'RecordOpeningBalances',
      'RevalueAsset',
      'ReverseVoucher',
      'RunDepreciation',
      'SettleIncome',
    ]);
  });
});

describe('a signature', () => {
  it('is one’s own', () => {
    expect(() => refuseForeignSignature('preparedBy', 'clerk-1', 'clerk-1')).not.toThrow();
    expect(() => refuseForeignSignature('closedBy', undefined, 'clerk-1')).not.toThrow();
    expect(() => refuseForeignSignature('preparedBy', 'clerk-2', 'clerk-1')).toThrow(
      expect.objectContaining({
        code: 'SIGNATURE_NOT_YOURS',
        facts: { field: 'preparedBy', signed: 'clerk-2', account: 'clerk-1' },
        field: 'preparedBy',
      }),
    );
  });
});
