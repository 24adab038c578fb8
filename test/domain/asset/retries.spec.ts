import { describe, expect, it } from '@jest/globals';
import { type AssetCommand, RecordAssetPostingRefused, RetryAssetPosting } from '@ledger/domain';
import { assetsOf, cardOf, cards, dispose, given, improve, revalue, VAN, van } from '../../support/given-assets.js';
import { BOOK, bookOf, line, VILLAGE } from '../../support/given-ledger-year.js';

const retry = (...accounts: object[]) => Object.assign(new RetryAssetPosting(), { asset: VAN, accounts });

/** The commands, and the book's refusal of every voucher that they ask for. */
function refused(...commands: readonly AssetCommand[]): AssetCommand[] {
  const { openPostings } = assetsOf(cards(...commands));
  const answers = [...openPostings].map(([askedBy, { effectiveOn }]) =>
    Object.assign(new RecordAssetPostingRefused(), { asset: VAN, askedBy, effectiveOn, code: 'ACCOUNT_RETIRED' }),
  );
  return [...commands, ...answers];
}

const soldAtALoss = dispose({
  proceeds: { amountFen: 90_000_00, settlement: { account: '112', party: 'buyer-1' } },
  costs: { amountFen: 500_00, settlement: { account: '101' } },
});

const left = { book: BOOK, from: 'accountant-1', to: 'accountant-2', effectiveOn: '2024-10-31' };
const handovers = [{ from: 'accountant-1', to: 'accountant-2', on: '2024-10-31' }];
const refusedToLeaver = { ...left, keptBy: 'accountant-2', as: 'preparedBy' } as const;

describe('who has handed the book over', () => {
  it('prepares nothing more of an asset that its book is to post', () => {
    const refuse = (before: readonly AssetCommand[], command: AssetCommand, field: string) =>
      given(...before)
        .when(command, { handovers })
        .refuses('HANDOVER_REQUIRED', refusedToLeaver, field);
    refuse([], van(), 'acquisition.preparedBy');
    refuse([van()], improve(), 'preparedBy');
    refuse([van()], revalue(), 'preparedBy');
    refuse([van()], dispose(), 'preparedBy');
    given(van())
      .when(improve({ preparedBy: 'accountant-2' }), { handovers })
      .recordsData({ amountFen: 22_000_00 });
  });

  it('does not sign anew for what was refused; what he signed before is asked for again', () => {
    const signed = { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1' };
    given(...refused(van()))
      .when(Object.assign(retry(), { signed }), { handovers })
      .refuses('HANDOVER_REQUIRED', refusedToLeaver, 'signed.preparedBy');
    given(...refused(van()))
      .when(retry(), { handovers })
      .recordsData({ posting: { preparedBy: 'accountant-1' } });
  });
});

describe('what a book has refused to post of an asset', () => {
  it('goes to other accounts where the retry names them, and the card stays what it was', () => {
    given(...refused(van(), improve()))
      .when(retry({ insteadOf: '102', account: 'rural-collective-2024:211', party: 'garage-1' }))
      .recordsData(
        {
          posting: {
            summary: '购置送货车',
            lines: [
              line('151', 'debit', 120_000_00, '购置送货车', { asset: VAN }),
              line('211', 'credit', 120_000_00, '购置送货车', { party: 'garage-1' }),
            ],
          },
        },
        { posting: { lines: [{ account: 'rural-collective-2024:151' }, { account: 'rural-collective-2024:211' }] } },
      );
    const again = retry({ insteadOf: '102', account: '211' });
    expect(cardOf(...refused(van()), again).values).toEqual(cardOf(van()).values);
  });

  it('keeps the accounts of the retry when that is refused too', () => {
    const once = [...refused(van()), retry({ insteadOf: '102', account: '211' })];
    const [, answer] = refused(van());
    given(...once, ...(answer === undefined ? [] : [answer]))
      .when(retry())
      .recordsData({ posting: { lines: [{}, { account: 'rural-collective-2024:211' }] } });
  });

  it('of a disposal: proceeds, costs and loss may stand elsewhere, each on an account of its kind', () => {
    given(...refused(van(), soldAtALoss))
      .when(retry({ insteadOf: '112', account: '102' }, { insteadOf: '101', account: '102' }))
      .recordsData(
        { posting: { summary: '购置送货车' } },
        {
          posting: {
            lines: [
              line('154', 'debit', 103_375_00, '出售送货车', { asset: VAN }),
              line('152', 'debit', 16_625_00, '出售送货车', { asset: VAN }),
              line('151', 'credit', 120_000_00, '出售送货车', { asset: VAN }),
              line('102', 'debit', 90_000_00, '出售送货车'),
              line('154', 'credit', 90_000_00, '出售送货车', { asset: VAN }),
              line('154', 'debit', 500_00, '出售送货车', { asset: VAN }),
              line('102', 'credit', 500_00, '出售送货车'),
              line('515', 'debit', 13_875_00, '出售送货车', { asset: VAN }),
              line('154', 'credit', 13_875_00, '出售送货车', { asset: VAN }),
            ],
          },
        },
      );
    given(...refused(van(), soldAtALoss))
      .when(retry({ insteadOf: '515', account: '511' }))
      .recordsData(
        {},
        { posting: { lines: [{}, {}, {}, {}, {}, {}, {}, { account: 'rural-collective-2024:511' }, {}] } },
      );
  });

  it('stays as it was reviewed where there are accounts', () => {
    const sight = { seesDivision: () => true, seesBook: () => true, seesAttachment: () => true };
    given(...refused(van()))
      .when(retry({ insteadOf: '102', account: '211', party: 'cousin-1' }), { sight })
      .refuses('RETRY_CHANGES_TERMS', { of: 'posting', fields: ['accounts'] }, 'accounts');
    given(...refused(van()))
      .when(retry(), { sight })
      .recordsData({ posting: { lines: [{}, { account: 'rural-collective-2024:102' }] } });
  });

  it('is another where others sign for it, and is posted under their names', () => {
    const sight = { seesDivision: () => true, seesBook: () => true, seesAttachment: () => true };
    const signed = { preparedBy: 'accountant-7', reviewedBy: 'reviewer-7' };
    const again = retry({ insteadOf: '102', account: '211', party: 'garage-1' });
    given(...refused(van()))
      .when(Object.assign(again, { signed }), { sight })
      .recordsData({
        posting: { ...signed, attachmentCount: 0, lines: [{}, { account: 'rural-collective-2024:211' }] },
      });
    given(...refused(van()))
      .when(Object.assign(retry(), { signed: { ...signed, reviewedBy: 'accountant-7' } }), { sight })
      .refuses('SAME_PERSON', { person: 'accountant-7', roles: ['preparedBy', 'reviewedBy'] }, 'reviewedBy');
  });

  it('refuses an account of another kind, and one that the book cannot take', () => {
    given(...refused(van()))
      .when(retry({ insteadOf: '102', account: '112' }))
      .refuses('ACCOUNT_KIND', { account: '112', name: '应收款', wanted: 'assetSettlement' }, 'accounts.0.account');
    const data = { book: 'book-1', account: 'rural-collective-2024:211' };
    const retired = { type: 'AccountRetired', version: 1, division: VILLAGE, effectiveOn: '2024-05-01', data };
    given(...refused(van()))
      .when(retry({ insteadOf: '102', account: '211' }), {
        book: bookOf('rural-collective-2024', '2024-01', [retired]),
      })
      .refuses('ACCOUNT_RETIRED', { account: '211', name: '应付款', retiredOn: '2024-05-01' }, 'accounts.0.account');
  });

  it('refuses another account for what the card says, and one instead of what no line names', () => {
    given(...refused(van()))
      .when(retry({ insteadOf: '151', account: '102' }))
      .refuses('ASSET_POSTING_ACCOUNT', { asset: VAN, account: '151', exchangeable: ['102'] }, 'accounts.0.insteadOf');
    given(...refused(van()))
      .when(retry({ insteadOf: '102', account: '211' }, { insteadOf: '101', account: '211' }))
      .refuses('ASSET_POSTING_ACCOUNT', { asset: VAN, account: '101', exchangeable: ['102'] }, 'accounts.1.insteadOf');
    const [, , , revaluation] = refused(van(), revalue());
    given(van(), revalue(), ...(revaluation === undefined ? [] : [revaluation]))
      .when(retry({ insteadOf: '311', account: '301' }))
      .refuses('ASSET_POSTING_ACCOUNT', { asset: VAN, account: '311', exchangeable: [] }, 'accounts.0.insteadOf');
  });
});
