import { describe, expect, it } from '@jest/globals';
import { type Line, redLetter } from '@ledger/accounting';
import { paidInMoney } from '@ledger/views';

const line = (side: Line['side'], code: string, amountFen: number): Line => {
  return { account: `rural-collective-2024:${code}`, side, amountFen, summary: '记账' };
};

describe('what of a line was paid in money', () => {
  it.each<[string, Line[], number[]]>([
    ['all of it', [line('debit', '102', 106), line('credit', '50102', 100), line('credit', '214', 6)], [0, 100, 6]],
    ['nothing', [line('debit', '112', 100), line('credit', '50102', 100)], [0, 0]],
    [
      'the part that came in, spread over what it was for',
      [line('debit', '102', 60), line('debit', '112', 40), line('credit', '50102', 80), line('credit', '214', 20)],
      [0, 0, 48, 12],
    ],
    [
      'all of it, though some was spent at once',
      [line('debit', '102', 100), line('debit', '51302', 20), line('credit', '50102', 100), line('credit', '101', 20)],
      [0, -20, 100, 0],
    ],
    ['what was paid back', [line('debit', '50102', 30), line('credit', '102', 30)], [-30, 0]],
    [
      'only what the bank received of a bad debt',
      [line('debit', '102', 90), line('debit', '515', 10), line('credit', '112', 100)],
      [0, 0, 90],
    ],
    ['nothing of a transfer', [line('debit', '102', 50), line('credit', '101', 50)], [0, 0]],
  ])('%s', (_, lines, expected) => {
    expect(paidInMoney(lines)).toEqual(expected);
    expect(paidInMoney(redLetter(lines)).map((fen) => fen + 0)).toEqual(expected.map((fen) => (fen === 0 ? 0 : -fen)));
  });
});
