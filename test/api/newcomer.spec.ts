import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningLedger, startLedger } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { creditCode, expenseBody, incomeBody, VillageBooks } from '../support/village-books.js';

const directory = temporaryDirectory();
let ledger: RunningLedger;
let books: VillageBooks;

beforeAll(async () => {
  ledger = await startLedger(directory.path);
  books = new VillageBooks(ledger);
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

const january = async (basis: string, knownAt: number) =>
  (await ledger.get(`/villages/330603008201/income?from=2024-01&to=2024-01&basis=${basis}&knownAt=${knownAt}`)).body;

/** One story; each chapter stands on those before it. */
describe('somebody new to the ledger', () => {
  let book = '';
  let signed = 0;
  let corrected = 0;

  it('registers a village and its collective, and opens their book', async () => {
    const effectiveOn = '2020-01-01';
    await books.accepted('/divisions', { code: '330603', name: '柯桥区', effectiveOn });
    await books.accepted('/divisions', { code: '330603008', name: '兰亭街道', effectiveOn });
    await books.accepted('/divisions', { code: '330603008201', name: '谢家坞村', effectiveOn });
    const collective = { creditCode: creditCode(1), name: '谢家坞村股份经济合作社', kind: 'COLLECTIVE' };
    await books.accepted('/organizations', { ...collective, village: '330603008201', effectiveOn });
    const standard = 'rural-collective-2024';
    const opened = { organization: creditCode(1), name: '谢家坞村账套', standard, startPeriod: '2024-01' };
    const { position } = await books.accepted('/books', opened);

    const { body } = await ledger.get<{ rows: { id: string }[] }>('/books', {
      'ledger-min-position': String(position),
    });
    expect(body.rows).toMatchObject([{ name: '谢家坞村账套', village: '330603008201', startPeriod: '2024-01' }]);
    book = body.rows[0]?.id ?? '';
  });

  it('records what came in and what went out, and sees the balances', async () => {
    await books.accepted(`/books/${book}/opening-balances`, {
      preparedBy: 'accountant-1',
      reviewedBy: 'reviewer-1',
      lines: [
        { account: '102', side: 'debit', amountFen: 50_000_00 },
        { account: '301', side: 'credit', amountFen: 50_000_00 },
      ],
    });
    await books.income(book, '2024-01-20', 12_800_00);
    const { position } = await books.expense(book, '2024-01-25', 860_00);
    const { body } = await ledger.get(`/books/${book}/balances?asOf=2024-01-31`, {
      'ledger-min-position': String(position),
    });
    expect(body['rows']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ account: 'rural-collective-2024:102', balanceFen: 61_940_00 }),
        expect.objectContaining({ account: 'rural-collective-2024:50102', balanceFen: -12_800_00 }),
      ]),
    );
    const day = await ledger.get(`/books/${book}/balances?asOf=2024-01-24`);
    expect(day.body['rows']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ account: 'rural-collective-2024:102', balanceFen: 62_800_00 }),
      ]),
    );
  });

  it('closes January, which then takes nothing more', async () => {
    await books.close(book, '2024-01');
    signed = (await ledger.get<{ head: number }>('/health/ready')).body.head;
    const refused = await ledger.post(`/books/${book}/income`, incomeBody('2024-01-30', 3_000_00));
    expect(refused).toMatchObject({ status: 422, body: { code: 'PERIOD_CLOSED', facts: { oldestOpen: '2024-02' } } });
    const expense = await ledger.post(`/books/${book}/expenses`, expenseBody('2024-01-30', 3_000_00));
    expect(expense).toMatchObject({ status: 422, body: { code: 'PERIOD_CLOSED' } });
  });

  it('corrects it in February, as the refusal said', async () => {
    const correction = { reason: '一月漏记一笔' };
    ({ position: corrected } = await books.income(book, '2024-01-30', 3_000_00, { correction }));
    const { body } = await ledger.get<{ voucher: object }>(`/books/${book}/vouchers/2024-02/1`, {
      'ledger-min-position': String(corrected),
    });
    expect(body.voucher).toMatchObject({
      period: '2024-02',
      effectiveOn: '2024-01-30',
      corrects: { period: '2024-01', reason: '一月漏记一笔' },
    });
  });

  it('reads January as it was signed, as it is understood now, and as it was known then', async () => {
    expect(await january('booked', corrected)).toMatchObject({ totalFen: 12_800_00 });
    expect(await january('restated', corrected)).toMatchObject({ totalFen: 15_800_00 });
    expect(await january('booked', signed)).toMatchObject({ totalFen: 12_800_00, corrections: [] });
    expect(await january('restated', signed)).toMatchObject({ totalFen: 12_800_00, corrections: [] });
    const { corrections } = await january('booked', corrected);
    expect(corrections).toMatchObject([{ bookedPeriod: '2024-02', voucherNo: 1, amountFen: 3_000_00 }]);
  });
});
