import { describe, expect, it } from '@jest/globals';
import {
  accessStream,
  type AccountantHandedOver,
  type Book,
  decideBook,
  emptyBook,
  emptyDivisionTree,
  emptyGrants,
  evolveBook,
  evolveGrants,
  type Grant,
  HandOverBook,
  type HandedOverBooks,
  refuseLeaver,
  Refusal,
} from '@ledger/domain';
import * as fc from 'fast-check';
import {
  BOOK,
  close,
  expense,
  factOf,
  given,
  income,
  opening,
  refuses,
  reversal,
  VILLAGE,
  voucher,
  yearClose,
} from '../support/given-ledger-year.js';

const today = '2024-06-15';
const TOWNSHIP = '330603008000';
const opened = {
  type: 'BookOpened',
  version: 1,
  division: VILLAGE,
  effectiveOn: '2024-01-01',
  data: {
    book: BOOK,
    organization: 'N2330603MF0000013M',
    village: VILLAGE,
    name: '谢家坞账套',
    standard: 'rural-collective-2024',
    startPeriod: '2024-01',
  },
};
const handover = (said: Partial<HandOverBook> = {}): HandOverBook =>
  Object.assign(new HandOverBook(), {
    book: BOOK,
    effectiveOn: '2024-03-31',
    from: 'accountant-1',
    to: 'accountant-2',
    openItems: ['一季度租金尚有一户未收'],
    preparedBy: 'accountant-1',
    reviewedBy: 'reviewer-1',
    ...said,
  });
/** From one accountant to another; the one who comes fills it in. */
const over = (from: string, to: string, effectiveOn = '2024-03-31') =>
  handover({ from, to, preparedBy: to, effectiveOn });

function bookAfter(...commands: HandOverBook[]): Book {
  const book = evolveBook(emptyBook(), factOf(opened, `book-${BOOK}`, 0));
  for (const [index, command] of commands.entries()) {
    const [fact] = decideBook(command, book, { today, demo: false, id: BOOK });
    if (fact === undefined) throw new Error('a handover is one fact');
    evolveBook(book, factOf(fact, `book-${BOOK}`, index + 1));
  }
  return book;
}

const decided = (command: HandOverBook, book = bookAfter(), years?: HandedOverBooks) =>
  decideBook(command, book, { today, demo: false, id: BOOK, ...(years && { years }) });

describe('a handover', () => {
  it('records who, before whom, what is unfinished and how far the books have come', () => {
    const years = { lastClosed: '2024-02', openMonths: [{ period: '2024-03', vouchers: 7 }] };
    const expected: AccountantHandedOver = {
      type: 'AccountantHandedOver',
      version: 1,
      division: VILLAGE,
      effectiveOn: '2024-03-31',
      data: {
        book: BOOK,
        from: 'accountant-1',
        to: 'accountant-2',
        witness: 'reviewer-1',
        preparedBy: 'accountant-1',
        lastClosed: '2024-02',
        openMonths: [{ period: '2024-03', vouchers: 7 }],
        openItems: ['一季度租金尚有一户未收'],
      },
    };
    expect(decided(handover(), bookAfter(), years)).toStrictEqual([expected]);
  });

  it('may have nothing unfinished, in a book without vouchers', () => {
    const [fact] = decided(handover({ openItems: [], preparedBy: 'accountant-2' }));
    expect(fact?.data).toStrictEqual({
      book: BOOK,
      from: 'accountant-1',
      to: 'accountant-2',
      witness: 'reviewer-1',
      preparedBy: 'accountant-2',
      openMonths: [],
      openItems: [],
    });
  });

  it.each<[Partial<HandOverBook>, string, readonly [string, string], string]>([
    [{ to: 'accountant-1' }, 'accountant-1', ['handedOverBy', 'takenOverBy'], 'to'],
    [{ reviewedBy: 'accountant-1' }, 'accountant-1', ['handedOverBy', 'witnessedBy'], 'reviewedBy'],
    [{ reviewedBy: 'accountant-2' }, 'accountant-2', ['takenOverBy', 'witnessedBy'], 'reviewedBy'],
  ])('is of three different people, and not of %j', (said, person, roles, field) =>
    refuses(() => decided(handover(said)), 'SAME_PERSON', { person, roles }, field),
  );

  it('is filled in by one of the two', () =>
    refuses(
      () => decided(handover({ preparedBy: 'accountant-3' })),
      'HANDOVER_PREPARER',
      { preparedBy: 'accountant-3', from: 'accountant-1', to: 'accountant-2' },
      'preparedBy',
    ));

  it('is not of who has left already, until the book comes back to him', () => {
    refuses(
      () => bookAfter(handover(), over('accountant-1', 'accountant-3')),
      'ALREADY_HANDED_OVER',
      { book: BOOK, from: 'accountant-1', to: 'accountant-2', effectiveOn: '2024-03-31' },
      'from',
    );
    const back = bookAfter(
      handover(),
      over('accountant-2', 'accountant-1', '2024-04-30'),
      over('accountant-1', 'accountant-3', '2024-05-31'),
    );
    expect(back.handovers.map(({ from, to }) => `${from} ${to}`)).toEqual([
      'accountant-1 accountant-2',
      'accountant-2 accountant-1',
      'accountant-1 accountant-3',
    ]);
  });

  it('is not before the last one of either of them, and never in the future', () => {
    refuses(
      () => bookAfter(handover(), over('accountant-2', 'accountant-3', '2024-03-30')),
      'HANDOVER_ORDER',
      { book: BOOK, person: 'accountant-2', effectiveOn: '2024-03-30', lastOn: '2024-03-31' },
      'effectiveOn',
    );
    refuses(
      () => bookAfter(handover(), over('accountant-3', 'accountant-1', '2024-03-30')),
      'HANDOVER_ORDER',
      { book: BOOK, person: 'accountant-1', effectiveOn: '2024-03-30', lastOn: '2024-03-31' },
      'effectiveOn',
    );
    expect(bookAfter(handover(), over('accountant-3', 'accountant-4', '2024-01-31')).handovers).toHaveLength(2);
    refuses(
      () => decided(handover({ effectiveOn: '2024-06-16' })),
      'DATE_IN_FUTURE',
      { date: '2024-06-16', today },
      'effectiveOn',
    );
  });

  it('is not before the book begins', () => {
    const facts = { book: BOOK, effectiveOn: '2023-12-31', startPeriod: '2024-01' };
    refuses(() => decided(handover({ effectiveOn: '2023-12-31' })), 'HANDOVER_BEFORE_START', facts, 'effectiveOn');
    expect(decided(handover({ effectiveOn: '2024-01-01' }))).toHaveLength(1);
  });

  it('is from who has kept the book to who keeps it, where grants are known', () => {
    const grants = emptyGrants();
    const granted: readonly Grant[] = [
      { grant: 'g-1', account: 'accountant-1', role: 'TOWN_ACCOUNTANT', division: TOWNSHIP, from: '2024-01-01' },
      { grant: 'g-2', account: 'accountant-2', role: 'TOWN_ACCOUNTANT', division: TOWNSHIP, from: '2024-03-31' },
      { grant: 'g-3', account: 'clerk-1', role: 'VILLAGE_CLERK', division: VILLAGE, from: '2024-01-01' },
    ];
    for (const data of granted) {
      const fact = { type: 'RoleGranted', version: 1, division: data.division, effectiveOn: data.from, data };
      evolveGrants(grants, factOf(fact, accessStream, 0));
    }
    const keepers = { grants, divisions: emptyDivisionTree() };
    const among = (said: Partial<HandOverBook>) => () =>
      decideBook(handover(said), bookAfter(), { today, demo: false, id: BOOK, keepers });
    expect(among({})()).toHaveLength(1);
    const facts = { book: BOOK, effectiveOn: '2024-03-31' };
    const clerk = { ...facts, person: 'clerk-1' };
    const [from, to] = [{ from: 'clerk-1', preparedBy: 'accountant-2' }, { to: 'clerk-1' }];
    refuses(among(from), 'HANDOVER_NOT_ACCOUNTANT', { ...clerk, as: 'from' }, 'from');
    refuses(among(to), 'HANDOVER_NOT_ACCOUNTANT', { ...clerk, as: 'to' }, 'to');
    const early = { person: 'accountant-2', book: BOOK, effectiveOn: '2024-03-30', as: 'to' } as const;
    refuses(among({ effectiveOn: '2024-03-30' }), 'HANDOVER_NOT_ACCOUNTANT', early, 'to');
  });

  it('is of a book that there is, and tells of nobody', () => {
    refuses(() => decided(handover(), emptyBook()), 'BOOK_UNKNOWN', { book: BOOK }, 'book');
    refuses(
      () => decided(handover({ openItems: ['待补发票', '联系13800138000'] })),
      'PERSONAL_DATA_IN_TEXT',
      { kind: 'mobile' },
      'openItems.1',
    );
  });

  it('is no origin of a ledger that is no demo', () =>
    refuses(
      () => decided(handover({ origin: 'SYNTHETIC' })),
      'ORIGIN_ONLY_IN_DEMO',
      { origin: 'SYNTHETIC' },
      'origin',
    ));
});

describe('who has handed a book over', () => {
  const { handovers } = bookAfter(handover());
  const left = {
    book: BOOK,
    from: 'accountant-1',
    to: 'accountant-2',
    effectiveOn: '2024-03-31',
    keptBy: 'accountant-2',
  };

  it.each([
    ['income', income()],
    ['an expense', expense()],
    [
      'a voucher',
      voucher([
        ['102', 'debit', 100],
        ['301', 'credit', 100],
      ]),
    ],
    [
      'opening balances',
      opening([
        ['102', 'debit', 100],
        ['301', 'credit', 100],
      ]),
    ],
    ['a reversal', reversal('2024-01', 1)],
    ['a year’s close', yearClose(2024)],
  ])('prepares %s no more, whatever its day', (_, command) =>
    given()
      .beside({ handovers })
      .when(command)
      .refuses('HANDOVER_REQUIRED', { ...left, as: 'preparedBy' }, 'preparedBy'),
  );

  it('closes no month and no year either', () => {
    const facts = { ...left, as: 'closedBy' } as const;
    const by = { closedBy: 'accountant-1' };
    given().beside({ handovers }).when(close('2024-01', by)).refuses('HANDOVER_REQUIRED', facts, 'closedBy');
    const prepared = { ...by, preparedBy: 'accountant-2' };
    given().beside({ handovers }).when(yearClose(2024, prepared)).refuses('HANDOVER_REQUIRED', facts, 'closedBy');
  });

  it('may review, and leaves the others to their work', () => {
    const others = { preparedBy: 'accountant-2', reviewedBy: 'accountant-1' };
    given().beside({ handovers }).when(income(others)).recordsData(others);
    given().beside({ handovers }).when(close('2024-01')).recordsData({ closedBy: 'director-1' });
  });

  it('is sent to who keeps the book now', () => {
    const later = bookAfter(
      handover(),
      over('accountant-2', 'accountant-3', '2024-04-30'),
      over('accountant-3', 'accountant-4', '2024-05-31'),
    );
    const facts = { ...left, keptBy: 'accountant-4', as: 'preparedBy' } as const;
    given().beside({ handovers: later.handovers }).when(income()).refuses('HANDOVER_REQUIRED', facts);
  });

  it('signs again when the book has come back', () => {
    const back = bookAfter(handover(), over('accountant-2', 'accountant-1', '2024-04-30')).handovers;
    given().beside({ handovers: back }).when(income()).recordsData({ preparedBy: 'accountant-1' });
    const facts = { book: BOOK, from: 'accountant-2', to: 'accountant-1', effectiveOn: '2024-04-30' };
    given()
      .beside({ handovers: back })
      .when(income({ preparedBy: 'accountant-2' }))
      .refuses('HANDOVER_REQUIRED', { ...facts, keptBy: 'accountant-1', as: 'preparedBy' });
  });
});

describe('however books go from hand to hand', () => {
  const person = fc.constantFrom('a-1', 'a-2', 'a-3', 'a-4');
  const handed = fc.array(fc.tuple(person, person), { maxLength: 20 });

  it('everybody signs but those who left last, and they are sent to somebody who signs', () => {
    fc.assert(
      fc.property(handed, (pairs) => {
        const book = bookAfter();
        const gone = new Set<string>();
        for (const [from, to] of pairs) {
          const isRefused = from === to || gone.has(from);
          const decide = () => decided(over(from, to), book);
          if (isRefused) {
            expect(decide).toThrow(Refusal);
            continue;
          }
          const [fact] = decide();
          if (fact === undefined) throw new Error('a handover is one fact');
          evolveBook(book, factOf(fact, `book-${BOOK}`, book.handovers.length + 1));
          gone.add(from);
          gone.delete(to);
        }
        for (const preparedBy of ['a-1', 'a-2', 'a-3', 'a-4']) {
          const sign = () => refuseLeaver({ preparedBy }, BOOK, book.handovers);
          if (!gone.has(preparedBy)) {
            expect(sign).not.toThrow();
            continue;
          }
          let keptBy = '';
          try {
            sign();
          } catch (error) {
            ({ keptBy } = (error as { facts: { keptBy: string } }).facts);
          }
          expect({ preparedBy, signs: keptBy !== '' && !gone.has(keptBy) }).toEqual({ preparedBy, signs: true });
        }
      }),
    );
  });
});
