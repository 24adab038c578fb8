import { describe, expect, it } from '@jest/globals';
import { charts } from '@ledger/accounting';
import {
  AddAccount,
  type Book,
  type BookCommand,
  type BookFact,
  type BookSetting,
  bookStream,
  changeDivision,
  decideBook,
  emptyBook,
  emptyDivisionTree,
  evolveBook,
  OpenBook,
  openedBook,
  type Organization,
  postableAccount,
  RetireAccount,
} from '@ledger/domain';
import { treeWith } from '../support/division-trees.js';
import { BOOK, factOf, refuses, VILLAGE } from '../support/given-ledger-year.js';

const today = '2024-06-15';
const organization: Organization = {
  registered: {
    creditCode: 'N2330603MF0000013M',
    name: '谢家坞村股份经济合作社',
    kind: 'COLLECTIVE',
    village: VILLAGE,
  },
};
const divisions = treeWith({ code: VILLAGE, name: '谢家坞村', from: '2022-06-15' });
const beside: BookSetting = { today, demo: false, id: BOOK, organization, divisions };
const open = (said: Partial<OpenBook> = {}): OpenBook =>
  Object.assign(new OpenBook(), {
    organization: 'N2330603MF0000013M',
    name: '谢家坞账套',
    standard: 'rural-collective-2024',
    startPeriod: '2024-01',
    ...said,
  });
const add = (code: string, said: Partial<AddAccount> = {}): AddAccount =>
  Object.assign(new AddAccount(), { book: BOOK, code, name: '农家乐收入', effectiveOn: '2024-03-01', ...said });
const retire = (code: string, said: Partial<RetireAccount> = {}): RetireAccount =>
  Object.assign(new RetireAccount(), { book: BOOK, code, effectiveOn: '2024-05-01', ...said });

const bookAfter = (facts: readonly BookFact[]): Book =>
  facts.map((fact, i) => factOf(fact, `book-${BOOK}`, i)).reduce(evolveBook, emptyBook());
const decideAfter = (facts: readonly BookFact[], command: BookCommand, demo = false) =>
  decideBook(command, bookAfter(facts), { ...beside, demo });
const recorded = (...commands: BookCommand[]) =>
  commands.reduce<BookFact[]>((facts, command) => [...facts, ...decideAfter(facts, command)], []);
const bookOf = (...commands: BookCommand[]) => openedBook(bookAfter(recorded(open(), ...commands)), BOOK);

describe('opening a book', () => {
  it('records its organisation, standard and first month', () => {
    expect(recorded(open())).toStrictEqual([
      {
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
      },
    ]);
    expect(bookStream(BOOK)).toBe('book-book-1');
  });

  it('begins with all accounts of its chart', () =>
    expect([...bookOf().accounts.keys()]).toStrictEqual(
      charts['rural-collective-2024'].accounts.map(({ code }) => code),
    ));

  it('never mixes the accounts of two books', () => {
    expect(bookOf(add('50107')).accounts.has('50107')).toBe(true);
    expect(bookOf().accounts.has('50107')).toBe(false);
    expect(bookOf(retire('504')).accounts.get('504')?.retiredOn).toBe('2024-05-01');
    expect(bookOf().accounts.get('504')?.retiredOn).toBeUndefined();
  });

  it('refuses an unknown organisation and a wrong code', () => {
    refuses(
      () => decideBook(open(), emptyBook(), { ...beside, organization: {} }),
      'ORGANIZATION_UNKNOWN',
      { creditCode: 'N2330603MF0000013M' },
      'organization',
    );
    refuses(() => recorded(open({ organization: 'N2' })), 'CREDIT_CODE_CHECKSUM', { creditCode: 'N2' }, 'organization');
  });

  it('refuses a second book of the same organisation, which would count twice', () =>
    refuses(
      () => recorded(open(), open({ name: '第二套账', startPeriod: '2024-02' })),
      'BOOK_DUPLICATE',
      { organization: 'N2330603MF0000013M', book: BOOK },
      'organization',
    ));

  it('refuses a start before the month in which the village is registered', () => {
    const old = { standard: 'village-2004' } as const;
    expect(recorded(open({ ...old, startPeriod: '2022-06' }))).toHaveLength(1);
    refuses(
      () => recorded(open({ ...old, startPeriod: '2022-05' })),
      'VILLAGE_UNKNOWN',
      { village: VILLAGE, registeredFrom: '2022-06-15' },
      'startPeriod',
    );
    refuses(
      () => decideBook(open(), emptyBook(), { ...beside, divisions: emptyDivisionTree() }),
      'VILLAGE_UNKNOWN',
      { village: VILLAGE },
      'startPeriod',
    );
  });

  it('has the code that its village has in the first month, whatever the organisation was registered under', () => {
    const recoded = treeWith({ code: VILLAGE, name: '谢家坞村', from: '2022-06-15' });
    const change = { change: 'recoded', code: VILLAGE, name: null, successor: '330603018201', origin: null } as const;
    changeDivision(recoded, change, { from: '2024-02-01', recorded: 1 });
    const village = (startPeriod: string) =>
      decideBook(open({ startPeriod }), emptyBook(), { ...beside, divisions: recoded }).map((fact) => fact.division);
    expect(village('2024-01')).toEqual([VILLAGE]);
    expect(village('2024-02')).toEqual(['330603018201']);
  });

  it('refuses a start after the village has ended', () => {
    const ended = treeWith({ code: VILLAGE, name: '谢家坞村', from: '2022-06-15' });
    const change = { change: 'abolished', code: VILLAGE, name: null, successor: null, origin: null } as const;
    changeDivision(ended, change, { from: '2024-02-10', recorded: 1 });
    const opening = (startPeriod: string) => () =>
      decideBook(open({ startPeriod }), emptyBook(), { ...beside, divisions: ended });
    expect(opening('2024-02')()).toHaveLength(1);
    refuses(
      opening('2024-03'),
      'VILLAGE_ABOLISHED',
      { village: VILLAGE, from: '2024-02-10', how: 'abolished', standsIn: VILLAGE },
      'startPeriod',
    );
  });

  it('refuses a standard that is not in force then, and names an end only where there is one', () => {
    const facts = { standard: 'village-2004', startPeriod: '2024-01', inForceFrom: '2005-01-01' };
    refuses(
      () => recorded(open({ standard: 'village-2004' })),
      'STANDARD_NOT_IN_FORCE',
      { ...facts, inForceTo: '2023-12-31' },
      'standard',
    );
    refuses(() => recorded(open({ startPeriod: '2023-12' })), 'STANDARD_NOT_IN_FORCE', {
      standard: 'rural-collective-2024',
      startPeriod: '2023-12',
      inForceFrom: '2024-01-01',
    });
  });

  it('refuses a start in a month to come, personal data, and origins outside a demo', () => {
    refuses(
      () => recorded(open({ startPeriod: '2024-07' })),
      'DATE_IN_FUTURE',
      { date: '2024-07-01', today },
      'startPeriod',
    );
    refuses(() => recorded(open({ name: '13800138000' })), 'PERSONAL_DATA_IN_TEXT', { kind: 'mobile' }, 'name');
    refuses(() => recorded(open({ origin: 'SEED' })), 'ORIGIN_ONLY_IN_DEMO', { origin: 'SEED' });
  });
});

describe('adding an account', () => {
  it('takes class and side from the account above', () =>
    expect(recorded(open(), add('50107')).at(-1)).toStrictEqual({
      type: 'AccountAdded',
      version: 1,
      division: VILLAGE,
      effectiveOn: '2024-03-01',
      data: {
        book: BOOK,
        account: 'rural-collective-2024:50107',
        name: '农家乐收入',
        class: 'income',
        normalSide: 'credit',
        postable: true,
      },
    }));

  it('reads a qualified code in its own chart only', () => {
    expect(recorded(open(), add('rural-collective-2024:50107')).at(-1)?.data).toMatchObject({
      account: 'rural-collective-2024:50107',
    });
    refuses(() => recorded(open(), add('village-2004:50107')), 'ACCOUNT_PARENT', {
      account: 'village-2004:50107',
      parent: 'village-2004:501',
    });
  });

  it('gives children only to an account that takes no postings', () => {
    const parent = add('50107', { postable: false });
    expect(bookOf(parent, add('5010701')).accounts.get('5010701')).toMatchObject({ postable: true, class: 'income' });
    refuses(
      () => recorded(open(), add('50107'), add('5010701')),
      'ACCOUNT_PARENT',
      { account: '5010701', parent: '50107' },
      'code',
    );
  });

  it.each([
    ['113', '11301'],
    ['112', '11201'],
    ['102', '10201'],
  ])('refuses a sub-account of %s, which takes postings itself and tells parties apart', (parent, code) =>
    refuses(() => recorded(open(), add(code)), 'ACCOUNT_PARENT', { account: code, parent }),
  );

  it('refuses a first-level account, one without a parent, and one under a retired account', () => {
    refuses(() => recorded(open(), add('599')), 'ACCOUNT_PARENT', { account: '599' });
    refuses(() => recorded(open(), add('59901')), 'ACCOUNT_PARENT', { account: '59901', parent: '599' });
    refuses(() => recorded(open(), retire('501'), add('50107')), 'ACCOUNT_PARENT', { account: '50107', parent: '501' });
  });

  it('stops at 400 accounts, whose balances still fit into the fact of a close', () => {
    const codes = ['501', '502', '503', '514'].flatMap((parent) =>
      Array.from({ length: 90 }, (_, i) => add(`${parent}${10 + i}`)).filter(({ code }) => code !== '50199'),
    );
    const full = codes.slice(0, 400 - charts['rural-collective-2024'].accounts.length);
    const facts = recorded(open(), ...full);
    expect(bookAfter(facts).opened?.accounts.size).toBe(400);
    refuses(() => decideAfter(facts, add('50105')), 'ACCOUNT_DUPLICATE', { account: '50105', name: '文旅经营收入' });
    refuses(() => decideAfter(facts, add('51305')), 'ACCOUNT_DUPLICATE', { account: '51305', name: '折旧摊销' });
    refuses(() => decideAfter(facts, add('51306')), 'ACCOUNT_LIMIT', { limit: 400 }, 'code');
  });

  it('refuses a code twice, also of a retired account', () => {
    refuses(() => recorded(open(), add('50102')), 'ACCOUNT_DUPLICATE', { account: '50102', name: '出租收入' }, 'code');
    refuses(() => recorded(open(), add('50107'), retire('50107'), add('50107')), 'ACCOUNT_DUPLICATE', {
      account: '50107',
      name: '农家乐收入',
    });
  });

  it('refuses an unknown book, the future and personal data', () => {
    refuses(() => decideAfter([], add('50107')), 'BOOK_UNKNOWN', { book: BOOK }, 'book');
    refuses(() => recorded(open(), add('50107', { effectiveOn: '2024-06-16' })), 'DATE_IN_FUTURE', {
      date: '2024-06-16',
      today,
    });
    refuses(() => recorded(open(), add('50107', { name: '卡6222021234567890128' })), 'PERSONAL_DATA_IN_TEXT', {
      kind: 'bankCard',
    });
  });
});

describe('retiring an account', () => {
  it('records it, and the account takes nothing any more', () => {
    expect(recorded(open(), retire('504')).at(-1)).toStrictEqual({
      type: 'AccountRetired',
      version: 1,
      division: VILLAGE,
      effectiveOn: '2024-05-01',
      data: { book: BOOK, account: 'rural-collective-2024:504' },
    });
    const facts = { account: '504', name: '其他收入', retiredOn: '2024-05-01' };
    refuses(() => postableAccount('504', bookOf(retire('504')), 'account'), 'ACCOUNT_RETIRED', facts, 'account');
    refuses(() => recorded(open(), retire('504'), retire('504')), 'ACCOUNT_RETIRED', facts, 'code');
  });

  it('refuses an unknown account and the future', () => {
    refuses(
      () => recorded(open(), retire('599')),
      'ACCOUNT_UNKNOWN',
      { account: '599', standard: 'rural-collective-2024' },
      'code',
    );
    refuses(() => recorded(open(), retire('504', { effectiveOn: '2024-06-16' })), 'DATE_IN_FUTURE', {
      date: '2024-06-16',
      today,
    });
  });
});

describe('an account to post to', () => {
  it('is found by its bare or qualified code', () => {
    expect(postableAccount('50102', bookOf(), 'account').code).toBe('50102');
    expect(postableAccount('rural-collective-2024:50102', bookOf(), 'account').code).toBe('50102');
  });
  it('is refused with its children when it takes none', () =>
    refuses(() => postableAccount('322', bookOf(), 'account'), 'ACCOUNT_NOT_LEAF', {
      account: '322',
      name: '收益分配',
      children: ['32201', '32202'],
    }));
  it('is unknown when it is of another chart', () =>
    refuses(() => postableAccount('village-2004:501', bookOf(), 'account'), 'ACCOUNT_UNKNOWN', {
      account: 'village-2004:501',
      standard: 'rural-collective-2024',
    }));
});
