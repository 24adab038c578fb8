import { conversionFrom, netFen } from '@ledger/accounting';
import {
  bookStream,
  commandIdOf,
  ConvertStandard,
  decideLedgerYear,
  DetailedBalances,
  emptyBook,
  emptyLedgerYear,
  evolveBook,
  type FactDraft,
  freeze,
  ledgerStream,
  openedBook,
  readFact,
} from '@ledger/domain';

const BOOK = 'yejiayan';
const VILLAGE = '330603002201';
const OLD = 'village-2004';

/** A book that closed 2023 under the standard of 2004 comes to that of 2024: the fact of it, as its bytes. */
export function firstConversion(): string[] {
  const book = emptyBook();
  const data = {
    book: BOOK,
    organization: 'N2330603MF0000021G',
    village: VILLAGE,
    name: '叶家堰村集体账',
    standard: OLD,
    startPeriod: '2023-01',
  };
  evolveBook(
    book,
    read({ type: 'BookOpened', version: 1, division: VILLAGE, effectiveOn: '2023-01-01', data }, bookStream(BOOK)),
  );
  const old = openedBook(book, BOOK);
  const unconverted = conversionFrom(OLD);
  if (old.next === undefined || unconverted === undefined) throw new Error('the standard of 2004 has a successor');
  const lines = [
    { account: `${OLD}:102`, side: 'debit', amountFen: 1_450_000_00 },
    { account: `${OLD}:13202`, side: 'debit', amountFen: 150_000_00 },
    { account: `${OLD}:202`, side: 'credit', amountFen: 86_000_00, party: 'builder-4' },
    { account: `${OLD}:241`, side: 'credit', amountFen: 200_000_00, grant: 'grant-2023-04' },
    { account: `${OLD}:301`, side: 'credit', amountFen: 1_314_000_00 },
  ] as const;
  const balances = new DetailedBalances();
  const opening = { type: 'OpeningBalancesRecorded', version: 1, division: VILLAGE, effectiveOn: '2023-01-01' };
  balances.add(read({ ...opening, data: { lines } }, ledgerStream(BOOK, 2023)));
  const command = Object.assign(new ConvertStandard(), {
    book: BOOK,
    from: '2024-01',
    allocations: [
      { account: '13202', to: '134', amountFen: 120_000_00 },
      { account: '13202', to: '131', amountFen: 30_000_00 },
    ],
    preparedBy: 'accountant-1',
    reviewedBy: 'reviewer-1',
    attachmentCount: 1,
    origin: 'SYNTHETIC',
  });
  const decided = decideLedgerYear(command, emptyLedgerYear(), {
    today: '2024-01-15',
    demo: true,
    book: old.next.book,
    unconverted,
    converting: { book: old, balances: balances.all() },
    carried: new Map(lines.map((line) => [line.account, netFen(line)])),
    lastClosed: '2023-12',
    knowsVoucher: () => false,
  });
  return decided.map((draft, index) => frozen(draft, ledgerStream(BOOK, 2024), index));
}

function read(draft: FactDraft, stream: string) {
  return readFact(frozen(draft, stream, 0));
}

function frozen(draft: FactDraft, stream: string, index: number): string {
  const commandId = commandIdOf('accountant-1', `first-conversion-${draft.type}`);
  return freeze(draft, stream, index, index, { actor: 'accountant-1', commandId });
}
