import { afterEach, describe, expect, it } from '@jest/globals';
import { everything, type ReadModel } from '@ledger/readmodel';
import { projected } from '../support/projected.js';
import { BOOK, fact, VILLAGE, VillageLedger } from './village-ledger.js';

const OLD = 'village-2004';
const NEW = 'rural-collective-2024';

const cleanups: (() => void)[] = [];
afterEach(() => cleanups.splice(0).forEach((cleanup) => cleanup()));

const lines = (chart: string, debit: string, credit: string, amountFen: number) => [
  { account: `${chart}:${debit}`, side: 'debit' as const, amountFen, summary: '记账' },
  { account: `${chart}:${credit}`, side: 'credit' as const, amountFen, summary: '记账' },
];

/** An account of the book's own. */
const added = (account: string) => {
  const data = { book: BOOK, account, name: '民宿收入', class: 'income', normalSide: 'credit', postable: true };
  return fact('AccountAdded', '2023-06-01', data);
};

interface Story {
  readonly read: ReadModel;
  readonly closed: number;
  readonly converted: number;
  readonly head: number;
}

/** A book that owes 700 on 202 and has 1,700 in the bank when it changes its standard, and earns on afterwards. */
async function story(): Promise<Story> {
  const ledger = new VillageLedger();
  await ledger.open();
  await ledger.divisions();
  const book = { book: BOOK, organization: 'N2330603MF0000013M', village: VILLAGE, name: BOOK };
  const opened = { ...book, standard: OLD, startPeriod: '2023-01' };
  await ledger.append(`book-${BOOK}`, fact('BookOpened', '2023-01-01', opened));
  await ledger.post('2023-01-10', { lines: lines(OLD, '102', '511', 1000) });
  await ledger.post('2023-12-10', { lines: lines(OLD, '102', '202', 700) });
  const closing = { kind: 'closing' as const, lines: lines(OLD, '511', '32202', 1000) };
  const closed = await ledger.post('2023-12-31', closing);
  const moved = (from: string, to: string, side: string, amountFen: number) => {
    return { from: `${OLD}:${from}`, to: `${NEW}:${to}`, side, amountFen };
  };
  const signed = { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1', attachmentCount: 0 };
  const of = { book: BOOK, period: '2024-01', previousStandard: OLD, standard: NEW, of: 2, ...signed };
  const converted = await ledger.append(
    `ledger-${BOOK}-2024`,
    fact('StandardConverted', '2024-01-01', { ...of, part: 1, lines: [moved('102', '102', 'debit', 1700)] }),
    fact('StandardConverted', '2024-01-01', {
      ...of,
      part: 2,
      lines: [moved('202', '211', 'credit', 700), moved('32202', '32202', 'credit', 1000)],
    }),
  );
  await ledger.post('2024-01-10', { lines: lines(NEW, '102', '50102', 50) });
  const head = await ledger.post('2024-03-10', { lines: lines(NEW, '211', '102', 300) });
  const { read, remove } = await projected(ledger.log);
  cleanups.push(remove);
  return { read, closed, converted, head };
}

/** Debits, credits and balance by account. */
const balancesOf = (read: ReadModel, asOf: string, knownAt: number) =>
  Object.fromEntries(
    read
      .balances([BOOK], { asOf, knownAt }, everything)
      .map(({ account, debitFen, creditFen, balanceFen }) => [account, [debitFen, creditFen, balanceFen]]),
  );

/** The rows of a trial balance: opening, turnover of month and year, closing. */
const printed = (read: ReadModel, period: string, knownAt: number) =>
  read.trialBalance(BOOK, period, { knownAt, closing: 'after', scope: everything })?.map((row) => {
    const opening = row.openingDebitFen - row.openingCreditFen;
    const turnover = [row.debitFen, row.creditFen, row.yearToDateDebitFen, row.yearToDateCreditFen];
    return [row.account, opening, ...turnover, row.closingDebitFen - row.closingCreditFen];
  });

describe('balances across a change of standard', () => {
  it('stay under the old chart to the last day of the old year, whatever is known since', async () => {
    const { read, closed, head } = await story();
    const signed = balancesOf(read, '2023-12-31', closed);
    expect(signed).toEqual({
      [`${OLD}:102`]: [700, 0, 1700],
      [`${OLD}:202`]: [0, 700, -700],
      [`${OLD}:32202`]: [0, 1000, -1000],
      [`${OLD}:511`]: [1000, 0, 0],
    });
    expect(balancesOf(read, '2023-12-31', head)).toEqual(signed);
  });

  it.each(['2024-01-01', '2024-01-09'])(
    'are those of the new chart on %s, to the fen and without turnover',
    async (day) => {
      const { read, head } = await story();
      expect(balancesOf(read, day, head)).toEqual({
        [`${NEW}:102`]: [0, 0, 1700],
        [`${NEW}:211`]: [0, 0, -700],
        [`${NEW}:32202`]: [0, 0, -1000],
      });
    },
  );

  it.each(['2024-01-15', '2024-01-16', '2024-01-31'])('have the turnover of January alone on %s', async (day) => {
    const { read, head } = await story();
    expect(balancesOf(read, day, head)).toEqual({
      [`${NEW}:102`]: [50, 0, 1750],
      [`${NEW}:211`]: [0, 0, -700],
      [`${NEW}:32202`]: [0, 0, -1000],
      [`${NEW}:50102`]: [0, 50, -50],
    });
  });

  it('stand on the old accounts for who did not know of it, and go on in later months for who did', async () => {
    const { read, closed, converted: known, head } = await story();
    const old = { [`${OLD}:102`]: [0, 0, 1700], [`${OLD}:202`]: [0, 0, -700], [`${OLD}:32202`]: [0, 0, -1000] };
    for (const day of ['2024-01-09', '2024-01-31', '2024-06-30']) expect(balancesOf(read, day, closed)).toEqual(old);
    expect(balancesOf(read, '2024-06-30', known)).toMatchObject({ [`${NEW}:102`]: [0, 0, 1700] });
    expect(balancesOf(read, '2024-06-30', head)).toMatchObject({
      [`${NEW}:102`]: [0, 0, 1450],
      [`${NEW}:211`]: [0, 0, -400],
    });
  });

  it('are added up for a division as for the book', async () => {
    const { read, head } = await story();
    for (const asOf of ['2023-12-31', '2024-01-01', '2024-01-31']) {
      const rows = read.balancesOfDivision({ division: VILLAGE }, { asOf, knownAt: head }, everything);
      const sums = rows.map((row) => [row.account, [row.debitFen, row.creditFen, row.balanceFen]]);
      expect(Object.fromEntries(sums)).toEqual(balancesOf(read, asOf, head));
    }
  });
});

describe('the trial balance across a change of standard', () => {
  it('opens January with what December closed at, under the new accounts', async () => {
    const { read, head } = await story();
    expect(printed(read, '2024-01', head)).toEqual([
      [`${NEW}:102`, 1700, 50, 0, 50, 0, 1750],
      [`${NEW}:211`, -700, 0, 0, 0, 0, -700],
      [`${NEW}:32202`, -1000, 0, 0, 0, 0, -1000],
      [`${NEW}:50102`, 0, 0, 50, 0, 50, -50],
    ]);
    expect(printed(read, '2024-03', head)?.[0]).toEqual([`${NEW}:102`, 1750, 0, 300, 50, 300, 1450]);
  });

  it('leaves December as it was signed, and opens with the old accounts for who did not know', async () => {
    const { read, closed, head } = await story();
    expect(printed(read, '2023-12', head)).toEqual(printed(read, '2023-12', closed));
    expect(printed(read, '2024-01', closed)?.map(([account, opening]) => [account, opening])).toEqual([
      [`${OLD}:102`, 1700],
      [`${OLD}:202`, -700],
      [`${OLD}:32202`, -1000],
    ]);
  });
});

describe('income across a change of standard', () => {
  it('is a series by role, each month under the account of its time', async () => {
    const { read, head } = await story();
    const question = { role: 'income', basis: 'booked', from: '2023-01', to: '2024-12' } as const;
    const rows = read.turnover({ ids: [BOOK] }, question, { asOf: '2024-12-31', knownAt: head }, everything);
    expect(rows.map(({ account, period, amountFen }) => [account, period, amountFen])).toEqual([
      [`${NEW}:50102`, '2024-01', 50],
      [`${OLD}:511`, '2023-01', 1000],
    ]);
  });
});

describe('a book that has changed its standard', () => {
  it('says under which one it is kept, by day and by what was known', async () => {
    const { read, closed, converted: known, head } = await story();
    const standards = (asOf: string, knownAt: number) => {
      const found = read.keptBook(BOOK, { asOf, knownAt }, everything);
      return [found?.standard, found?.standards.map(({ from }) => from)];
    };
    expect(standards('2022-12-31', head)).toEqual([OLD, ['2023-01']]);
    expect(standards('2023-12-31', head)).toEqual([OLD, ['2023-01']]);
    expect(standards('2024-01-01', head)).toEqual([NEW, ['2023-01', '2024-01']]);
    expect(standards('2024-01-01', closed)).toEqual([OLD, ['2023-01']]);
    const [book] = read.books({ division: VILLAGE }, { asOf: '2024-06-30', knownAt: head }, everything);
    expect([book?.standard, book?.standards]).toEqual([
      NEW,
      [
        { standard: OLD, from: '2023-01', position: expect.any(Number) },
        { standard: NEW, from: '2024-01', position: known - 1 },
      ],
    ]);
    expect(read.keptBook('unknown', { asOf: '2024-06-30', knownAt: head }, everything)).toBeUndefined();
  });

  it('lists what it has added to the next chart before, and nothing of the chart that it has left', async () => {
    const ledger = new VillageLedger();
    await ledger.open();
    await ledger.divisions();
    const book = { book: BOOK, organization: 'N2330603MF0000013M', village: VILLAGE, name: BOOK };
    const opened = fact('BookOpened', '2023-01-01', { ...book, standard: OLD, startPeriod: '2023-01' });
    const before = await ledger.append(`book-${BOOK}`, opened, added(`${OLD}:51103`), added(`${NEW}:50107`));
    const signed = { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1', attachmentCount: 0 };
    const of = { book: BOOK, period: '2024-01', previousStandard: OLD, standard: NEW, part: 1, of: 1, ...signed };
    const after = await ledger.append(
      `ledger-${BOOK}-2024`,
      fact('StandardConverted', '2024-01-01', { ...of, lines: [] }),
    );
    const { read, remove } = await projected(ledger.log);
    cleanups.push(remove);
    const own = (knownAt: number) =>
      read
        .accounts(BOOK, { asOf: '2024-01-01', knownAt }, everything)
        ?.filter(({ name }) => name === '民宿收入')
        .map(({ account }) => account);
    expect(own(before)).toEqual([`${NEW}:50107`, `${OLD}:51103`]);
    expect(own(after)).toEqual([`${NEW}:50107`]);
  });

  it('lists the accounts of the standard of the day', async () => {
    const { read, closed, head } = await story();
    const charts = (asOf: string, knownAt: number) => {
      const rows = read.accounts(BOOK, { asOf, knownAt }, everything) ?? [];
      return [...new Set(rows.map(({ account }) => account.split(':')[0]))];
    };
    expect(charts('2023-12-31', head)).toEqual([OLD]);
    expect(charts('2024-01-01', head)).toEqual([NEW]);
    expect(charts('2024-01-01', closed)).toEqual([OLD]);
  });
});
