import {
  bookStream,
  commandIdOf,
  decideBook,
  emptyBook,
  evolveBook,
  freeze,
  HandOverBook,
  readFact,
} from '@ledger/domain';
import { firstYear } from './first-year.js';

const BOOK = 'xiejiawu';

/** The book of the first year goes to another accountant in the next: the fact, as its bytes. */
export function firstHandover(): string[] {
  const stream = bookStream(BOOK);
  const kept = firstYear()
    .map((fact) => readFact(fact))
    .filter((fact) => fact.stream === stream);
  const command: HandOverBook = Object.assign(new HandOverBook(), {
    book: BOOK,
    effectiveOn: '2025-03-31',
    from: 'accountant-1',
    to: 'accountant-2',
    openItems: ['一季度店面租金尚有一户未收', '二月银行对账单待补'],
    preparedBy: 'accountant-1',
    reviewedBy: 'reviewer-1',
    origin: 'SYNTHETIC' as const,
  });
  const facts = decideBook(command, kept.reduce(evolveBook, emptyBook()), {
    today: '2025-04-01',
    demo: true,
    id: BOOK,
    years: { lastClosed: '2024-12', openMonths: [{ period: '2025-01', vouchers: 1 }] },
  });
  const by = { actor: 'accountant-1', commandId: commandIdOf('accountant-1', 'first-handover') };
  return facts.map((fact, index) => freeze(fact, stream, kept.length + index, index, by));
}
