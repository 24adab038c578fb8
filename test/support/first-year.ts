import {
  AddAccount,
  type AssetCommand,
  assetStream,
  bookStream,
  type BookCommand,
  ClosePeriod,
  CloseYear,
  commandIdOf,
  decideAssets,
  decideBook,
  decideDivision,
  decideLedgerYear,
  decideOrganization,
  divisionStream,
  emptyAssets,
  emptyBook,
  emptyDivisionTree,
  emptyLedgerYear,
  emptyOrganization,
  evolveAssets,
  evolveBook,
  evolveDivisionTree,
  evolveLedgerYear,
  evolveOrganization,
  type Fact,
  type FactDraft,
  freeze,
  type LedgerCommand,
  ledgerStream,
  OpenBook,
  openedBook,
  openLedger,
  organizationStream,
  originStream,
  PostVoucher,
  type PostingFact,
  readFact,
  RecordExpense,
  RecordIncome,
  RecordOpeningBalances,
  RegisterDivision,
  RegisterOrganization,
  RenameDivision,
  RetireAccount,
  ReverseVoucher,
  revisionsOf,
} from '@ledger/domain';
import { hashOfLeaves, leafOf } from '@ledger/transparency';
import { assetCommands, firstRun, outcomes } from './first-year-assets.js';

const CREDIT_CODE = 'N2330603MF0000013M';
const BOOK = 'xiejiawu';
const signed = { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1' };

/** The first year of one village's book in a demo ledger, decided by the deciders: every fact, as its bytes. */
export function firstYear(): string[] {
  const facts: string[] = [];
  const leaves: string[] = [];
  const revisions = new Map<string, number>();
  const record = (stream: string, drafts: readonly FactDraft[], causationId?: string) => {
    const commandId = commandIdOf('accountant-1', `first-year-${facts.length}`);
    const by = { actor: 'accountant-1', commandId, ...(causationId === undefined ? {} : { causationId }) };
    return drafts.map((draft, index) => {
      const revision = (revisions.get(stream) ?? -1) + 1;
      revisions.set(stream, revision);
      const bytes = freeze(draft, stream, revision, index, by);
      facts.push(bytes);
      leaves.push(leafOf(facts.length, Date.UTC(2025, 0, 10) + facts.length, bytes));
      return readFact(bytes);
    });
  };
  const setting = { today: '2025-01-10', demo: true };

  record(originStream('keqiao-demo'), [openLedger('keqiao-demo', true, '2024-01-02')]);

  const tree = emptyDivisionTree();
  const named = [
    said(RegisterDivision, { code: '330603', name: '柯桥区', effectiveOn: '2024-01-02' }),
    said(RegisterDivision, { code: '330603008', name: '兰亭镇', effectiveOn: '2024-01-02' }),
    said(RegisterDivision, { code: '330603008201', name: '谢家坞村', effectiveOn: '2024-01-02', origin: 'SYNTHETIC' }),
    said(RenameDivision, { code: '330603008', name: '兰亭街道', effectiveOn: '2024-06-01' }),
  ];
  for (const command of named) {
    for (const fact of record(divisionStream('330603'), decideDivision(command, tree, setting))) {
      evolveDivisionTree(tree, fact);
    }
  }

  const organization = emptyOrganization();
  const collective = said(RegisterOrganization, {
    creditCode: CREDIT_CODE,
    name: '谢家坞村股份经济合作社',
    kind: 'COLLECTIVE',
    village: '330603008201',
    effectiveOn: '2024-01-02',
    origin: 'SYNTHETIC',
  });
  const registered = decideOrganization(collective, organization, { ...setting, divisions: tree });
  for (const fact of record(organizationStream(CREDIT_CODE), registered)) evolveOrganization(organization, fact);

  const book = emptyBook();
  const kept: BookCommand[] = [
    said(OpenBook, {
      organization: CREDIT_CODE,
      name: '谢家坞村集体账',
      standard: 'rural-collective-2024',
      startPeriod: '2024-01',
    }),
    said(AddAccount, { book: BOOK, code: '50107', name: '民宿经营收入', effectiveOn: '2024-01-02' }),
    said(RetireAccount, { book: BOOK, code: '50107', effectiveOn: '2024-06-30' }),
  ];
  for (const command of kept) {
    const decided = decideBook(command, book, { ...setting, id: BOOK, organization, divisions: tree });
    for (const fact of record(bookStream(BOOK), decided)) evolveBook(book, fact);
  }

  const year = emptyLedgerYear();
  const before = facts.length;
  const post = (command: LedgerCommand, today: string) => {
    const reversed =
      command instanceof ReverseVoucher ? postingOf(facts, command.period, command.voucherNo) : undefined;
    const decided = decideLedgerYear(command, year, {
      today,
      demo: true,
      book: openedBook(book, BOOK),
      carried: new Map(),
      knowsVoucher: () => true,
      ledgerHash: (period) => hashOfLeaves(revisionsOf(year, period).map((r) => leaves[before + r] ?? '')),
      ...(year.lastClosed === undefined ? {} : { lastClosed: year.lastClosed }),
      ...(reversed === undefined ? {} : { original: reversed.original }),
    });
    for (const fact of record(ledgerStream(BOOK, 2024), decided, reversed?.id)) evolveLedgerYear(year, fact);
  };
  for (const [today, command] of entries()) post(command, today);

  const later = { today: '2025-06-15', demo: true, book: openedBook(book, BOOK) };
  const assets = emptyAssets();
  const keep = (command: AssetCommand) => {
    for (const fact of record(assetStream(BOOK), decideAssets(command, assets, later))) evolveAssets(assets, fact);
  };
  for (const command of assetCommands(BOOK)) keep(command);
  const second = emptyLedgerYear();
  const carried = year.closingBalances ?? new Map<string, number>();
  const setting2025 = {
    ...later,
    carried,
    assets,
    bookYears: [year, second],
    lastClosed: '2024-12',
    knowsVoucher: () => true,
  };
  record(ledgerStream(BOOK, 2025), decideLedgerYear(firstRun(BOOK), second, setting2025));
  const [askedBy = ''] = assets.openPostings.keys();
  for (const command of outcomes(BOOK, askedBy)) keep(command);
  return facts;
}

function* entries(): Generator<[today: string, LedgerCommand]> {
  yield ['2024-01-05', opening()];
  yield ['2024-01-16', rent()];
  yield ['2024-02-04', said(ClosePeriod, { book: BOOK, period: '2024-01', closedBy: 'officer-1' })];
  yield ['2024-02-20', streetCleaning()];
  yield ['2024-02-26', rentPaid()];
  yield [
    '2024-02-28',
    said(ReverseVoucher, { book: BOOK, period: '2024-02', voucherNo: 1, reason: '保洁费重复入账,冲销', ...signed }),
  ];
  for (let month = 2; month <= 11; month++) {
    const period = `2024-${String(month).padStart(2, '0')}`;
    yield ['2025-01-10', said(ClosePeriod, { book: BOOK, period, closedBy: 'officer-1' })];
  }
  yield [
    '2025-01-10',
    said(CloseYear, {
      book: BOOK,
      year: 2024,
      closedBy: 'officer-1',
      appropriations: [{ account: '311', amountFen: 4_000_00, summary: '提取公积公益金' }],
      ...signed,
    }),
  ];
}

const opening = () =>
  said(RecordOpeningBalances, {
    book: BOOK,
    lines: [
      { account: '102', side: 'debit', amountFen: 1_200_000_00 },
      { account: '112', side: 'debit', amountFen: 12_800_00, party: 'tenant-7' },
      { account: '151', side: 'debit', amountFen: 3_000_000_00 },
      { account: '152', side: 'credit', amountFen: 300_000_00 },
      { account: '241', side: 'credit', amountFen: 200_000_00, grant: 'grant-2023-04' },
      { account: '301', side: 'credit', amountFen: 3_712_800_00 },
    ],
    attachmentCount: 3,
    ...signed,
  });

const rent = () =>
  said(RecordIncome, {
    book: BOOK,
    effectiveOn: '2024-01-15',
    account: '50102',
    amountFen: 12_800_00,
    taxFen: 640_00,
    settlement: { account: '112', party: 'tenant-7' },
    summary: '一季度店面租金',
    project: 'project-3',
    contract: 'contract-12',
    asset: 'asset-5',
    sourceDocument: '租赁-2024-012',
    attachmentCount: 2,
    ...signed,
  });

const streetCleaning = () =>
  said(RecordExpense, {
    book: BOOK,
    effectiveOn: '2024-01-28',
    account: '51401',
    amountFen: 3_650_00,
    settlement: { account: '102' },
    summary: '村道保洁费',
    sourceDocument: '保洁-2024-01',
    attachmentCount: 1,
    nonRecurring: true,
    correction: { reason: '发票二月才收到' },
    ...signed,
  });

const rentPaid = () =>
  said(PostVoucher, {
    book: BOOK,
    effectiveOn: '2024-02-25',
    summary: '收到店面租金',
    lines: [
      { account: '102', side: 'debit', amountFen: 13_440_00 },
      {
        account: '112',
        side: 'credit',
        amountFen: 13_440_00,
        summary: '收一季度店面租金',
        party: 'tenant-7',
        settles: { period: '2024-01', voucherNo: 1 },
      },
    ],
    ...signed,
  });

function postingOf(facts: readonly string[], period: string, voucherNo: number) {
  for (const fact of facts.map((bytes) => readFact(bytes) as unknown as PostingFact & Fact)) {
    const { id, effectiveOn, data: posting } = fact;
    if (posting.period === period && posting.voucherNo === voucherNo) return { id, original: { posting, effectiveOn } };
  }
  return undefined;
}

function said<C extends object>(command: new () => C, fields: Partial<C>): C {
  return Object.assign(new command(), fields);
}
