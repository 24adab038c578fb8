import type { AppropriationLine, OpeningLine, RecordExpense, RecordIncome, VoucherLine } from '@ledger/domain';
import type { Turn } from './histories.js';

/** What the books of one standard enter. */
export class Entries {
  constructor(
    private readonly accounts: Readonly<
      Record<'income' | 'expense' | 'receivedIn' | 'paidFrom' | 'others', readonly string[]>
    >,
    private readonly payable: string,
    private readonly taxed: boolean,
  ) {}

  income({ account, other, amountFen }: Turn): Pick<RecordIncome, 'account' | 'amountFen' | 'settlement'> {
    const taxFen = this.taxed && other % 4 === 0 ? Math.ceil(amountFen / 20) : undefined;
    const settlement = { account: pick(this.accounts.receivedIn, other), party: `tenant-${other % 5}` };
    const entry = { account: pick(this.accounts.income, account), amountFen, settlement, ...projectOf(other) };
    return taxFen === undefined ? entry : Object.assign(entry, { taxFen });
  }

  expense({ account, other, amountFen }: Turn): Pick<RecordExpense, 'account' | 'amountFen' | 'settlement'> {
    const settlement = { account: pick(this.accounts.paidFrom, other), party: `supplier-${other % 5}` };
    return { account: pick(this.accounts.expense, account), amountFen, settlement, ...projectOf(other) };
  }

  /** Up to five lines of any accounts on any side, income and expense too, and one that balances them. */
  voucher({ account, other, amountFen }: Turn, asset: string): VoucherLine[] {
    const { income, expense, others } = this.accounts;
    const all = [...others, ...income, ...expense];
    let net = 0;
    const lines = Array.from({ length: 1 + (account % 5) }, (_, i): VoucherLine => {
      const side = (other + i * account) % 3 === 0 ? 'credit' : 'debit';
      const lineFen = 1 + ((amountFen * (i + 1)) % 90_000);
      net += side === 'debit' ? lineFen : -lineFen;
      const dimensions = { party: `party-${i}`, grant: 'grant-1', asset, ...projectOf(other + i) };
      return { account: pick(all, account + i * other), side, amountFen: lineFen, ...dimensions };
    });
    const balancing = { account: '102', side: net > 0 ? 'credit' : 'debit', amountFen: Math.abs(net) } as const;
    return [...lines, balancing];
  }

  appropriations({ other, amountFen }: Turn): AppropriationLine[] {
    const lines = [
      { account: '311', amountFen, summary: '提取公积公益金' },
      { account: this.payable, amountFen: 1 + (amountFen >> 1), summary: '应付分红', party: 'members' },
    ];
    return lines.slice(0, other % 3);
  }

  /** A book that starts inside a year brings the turnover of its first months, also of an account that stands at zero. */
  opening(january: boolean, parties: number): OpeningLine[] {
    const members = Array.from({ length: parties }, (_, i): OpeningLine => ({
      account: '113',
      side: 'debit',
      amountFen: 100 + i,
      party: `member-${i}`,
    }));
    const owedFen = members.reduce((sum, line) => sum + line.amountFen, 0);
    const [earnedFen, spentFen] = january ? [0, 0] : [700_000, 450_000];
    const turned = (yearToDateDebitFen: number, yearToDateCreditFen: number) =>
      january ? {} : { yearToDateDebitFen, yearToDateCreditFen };
    const bankFen = 3_000_000;
    const ofTheYear: OpeningLine[] = [
      {
        account: pick(this.accounts.income, 0),
        side: 'credit',
        amountFen: earnedFen,
        ...turned(9_000, earnedFen + 9_000),
      },
      { account: pick(this.accounts.expense, 0), side: 'debit', amountFen: spentFen, ...turned(spentFen, 0) },
      { account: '112', side: 'debit', amountFen: 0, ...turned(12_345, 12_345) },
    ];
    return [
      { account: '102', side: 'debit', amountFen: bankFen, ...turned(earnedFen, spentFen) },
      { account: '101', side: 'debit', amountFen: 250_000 },
      ...members,
      ...(january ? [] : ofTheYear),
      { account: '301', side: 'credit', amountFen: bankFen + 250_000 + owedFen + spentFen - earnedFen },
    ];
  }
}

const SHARED = ['102', '101', '112', '113', '141', '151', '241', '301', '311'];

export const CHARTS: Readonly<Record<'village-2004' | 'rural-collective-2024', Entries>> = {
  'village-2004': new Entries(
    {
      income: ['501', '51101', '51102', '521', '522', '531', '561'],
      expense: ['502', '541', '551'],
      receivedIn: ['101', '102', '112', '113'],
      paidFrom: ['101', '102', '113', '202', '211'],
      others: [...SHARED, '202', '212', '13202'],
    },
    '202',
    false,
  ),
  'rural-collective-2024': new Entries(
    {
      income: ['50102', '50101', '50103', '50202', '50301', '504', '50120'],
      expense: ['51302', '511', '512', '51401', '515', '521'],
      receivedIn: ['101', '102', '112', '113'],
      paidFrom: ['101', '102', '113', '211', '212', '213'],
      others: [...SHARED, '211', '212', '214', '401'],
    },
    '211',
    true,
  ),
};

function pick(from: readonly string[], at: number): string {
  return from[at % from.length] ?? '';
}

function projectOf(number: number): { project?: string } {
  return number % 3 === 0 ? {} : { project: `project-${number % 3}` };
}
