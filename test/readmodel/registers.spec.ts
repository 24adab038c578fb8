import { afterEach, describe, expect, it } from '@jest/globals';
import { everything, type ReadModel, ViewsBehind, voucherFact } from '@ledger/readmodel';
import { projected } from '../support/projected.js';
import { account, BOOK, DISTRICT, fact, lines, NEIGHBOUR, TOWNSHIP, VILLAGE, VillageLedger } from './village-ledger.js';

const cleanups: (() => void)[] = [];
afterEach(() => cleanups.splice(0).forEach((cleanup) => cleanup()));

async function reading(ledger: VillageLedger): Promise<ReadModel> {
  const { read, remove } = await projected(ledger.log);
  cleanups.push(remove);
  return read;
}

describe('divisions', () => {
  it('have the name of the day, as it was known', async () => {
    const ledger = new VillageLedger();
    await ledger.open();
    const registered = await ledger.divisions();
    const renamed = await ledger.division(TOWNSHIP, '兰亭街道', '2024-06-01', 'DivisionRenamed');
    const corrected = await ledger.division(TOWNSHIP, '兰亭街道办', '2024-06-01', 'DivisionRenamed');
    const read = await reading(ledger);
    const name = (asOf: string, knownAt: number) =>
      read.divisions({ asOf, knownAt }, everything).find(({ code }) => code === TOWNSHIP)?.name;
    expect(name('2024-05-31', corrected)).toBe('兰亭镇');
    expect(name('2024-06-01', corrected)).toBe('兰亭街道办');
    expect(name('2024-06-01', renamed)).toBe('兰亭街道');
    expect(name('2024-06-01', registered)).toBe('兰亭镇');
    expect(name('2022-12-31', corrected)).toBeUndefined();
  });

  it('make a tree in the order of codes', async () => {
    const ledger = new VillageLedger();
    await ledger.open();
    const head = await ledger.divisions();
    const read = await reading(ledger);
    const rows = read.divisions({ asOf: '2024-01-01', knownAt: head }, everything);
    expect(rows.map(({ code, level, parent }) => [code, level, parent])).toEqual([
      [DISTRICT, 'district', null],
      [TOWNSHIP, 'township', DISTRICT],
      [VILLAGE, 'village', TOWNSHIP],
      [NEIGHBOUR, 'village', TOWNSHIP],
    ]);
  });
});

describe('vouchers', () => {
  it('are seen as reversed only once the reversal is known', async () => {
    const ledger = new VillageLedger();
    await ledger.open();
    await ledger.book();
    const original = lines('102', '50102', 500);
    const posted = await ledger.post('2024-01-10', { lines: original, type: 'IncomeRecorded', summary: '租金' });
    const reversed = await ledger.reverse('2024-01-10', { period: '2024-01', voucherNo: 1 }, original);
    const read = await reading(ledger);
    const list = (knownAt: number, asOf = '2024-01-31') =>
      read
        .vouchers(BOOK, '2024-01', { asOf, knownAt }, everything)
        ?.map((row) => [row.voucherNo, row.reversedBy, row.reverses]);
    expect(list(posted)).toEqual([[1, null, null]]);
    expect(list(reversed)).toEqual([
      [1, { period: '2024-01', voucherNo: 2 }, null],
      [2, null, { period: '2024-01', voucherNo: 1 }],
    ]);
    expect(list(reversed, '2024-01-09')).toEqual([]);
    const one = read.voucher(BOOK, { period: '2024-01', voucherNo: 1 }, posted, everything);
    expect(one).toMatchObject({
      position: posted,
      type: 'IncomeRecorded',
      summary: '租金',
      totalFen: 500,
      reversedBy: null,
    });
    expect(read.voucher(BOOK, { period: '2024-01', voucherNo: 2 }, posted, everything)).toBeUndefined();
    expect((await voucherFact(ledger.log, { position: posted })).data.lines).toEqual(original);
  });
});

describe('books', () => {
  it('have the accounts of their chart and their own, with what was retired by then', async () => {
    const ledger = new VillageLedger();
    await ledger.open();
    await ledger.book();
    const own = {
      book: BOOK,
      account: account('50107'),
      name: '民宿经营收入',
      class: 'income',
      normalSide: 'credit',
      postable: true,
    };
    const added = await ledger.append(`book-${BOOK}`, fact('AccountAdded', '2024-01-02', own));
    const retired = await ledger.append(
      `book-${BOOK}`,
      fact('AccountRetired', '2024-06-30', { book: BOOK, account: account('50107') }),
    );
    const read = await reading(ledger);
    const find = (asOf: string, knownAt: number) =>
      read.accounts(BOOK, { asOf, knownAt }, everything)?.find((row) => row.account === account('50107'))?.retiredOn;
    expect(find('2024-01-01', retired)).toBeUndefined();
    expect(find('2024-06-29', retired)).toBeNull();
    expect(find('2024-06-30', retired)).toBe('2024-06-30');
    expect(find('2024-06-30', added)).toBeNull();
    const chart = read.accounts(BOOK, { asOf: '2024-01-01', knownAt: added }, everything) ?? [];
    expect(chart[0]).toEqual({
      account: account('101'),
      name: '库存现金',
      nameEn: 'Cash on hand',
      class: 'asset',
      normalSide: 'debit',
      postable: true,
      retiredOn: null,
    });
  });

  it('are listed with what they are, and show their closes as known', async () => {
    const ledger = new VillageLedger();
    await ledger.open();
    await ledger.divisions();
    const opened = await ledger.book();
    await ledger.close('2024-01');
    const data = { book: BOOK, year: 2024, closedBy: 'officer-1', balances: [] };
    const head = await ledger.append(`ledger-${BOOK}-2024`, fact('YearClosed', '2024-12-31', data));
    const read = await reading(ledger);
    const at = { asOf: '2024-12-31', knownAt: head };
    expect(read.books({ division: VILLAGE }, at, everything)).toMatchObject([
      { id: BOOK, village: VILLAGE, kind: 'COLLECTIVE', standard: 'rural-collective-2024', startPeriod: '2024-01' },
    ]);
    expect(read.book(BOOK, opened - 1, everything)).toBeUndefined();
    expect(read.book(BOOK, opened, { ...everything, includesBook: () => false })).toBeUndefined();
    const closes = read.closes(BOOK, at, everything);
    expect([closes?.periods.map((row) => row.period), closes?.years.map((row) => row.year)]).toEqual([
      ['2024-01'],
      [2024],
    ]);
    expect(read.closes(BOOK, { ...at, knownAt: opened }, everything)).toEqual({ periods: [], years: [] });
  });

  it('list the organisations that were registered by then', async () => {
    const ledger = new VillageLedger();
    await ledger.open();
    const data = {
      creditCode: 'N2330603MF0000013M',
      name: '谢家坞村股份经济合作社',
      kind: 'COLLECTIVE',
      village: VILLAGE,
    };
    const head = await ledger.append('organization-N2', fact('OrganizationRegistered', '2024-01-02', data));
    const read = await reading(ledger);
    expect(read.organizations({ asOf: '2024-01-02', knownAt: head }, everything)).toMatchObject([data]);
    expect(read.organizations({ asOf: '2024-01-01', knownAt: head }, everything)).toEqual([]);
    expect(() => read.organizations({ asOf: '2024-01-02', knownAt: head + 1 }, everything)).toThrow(ViewsBehind);
    expect(read.views).toMatchObject({ account_balance: 4, turnover: 4 });
  });
});
