import { describe, expect, it } from '@jest/globals';
import { type RefusalCode, type Role, roleNames } from '@ledger/domain';
import { type Operation, operationCalled, rules } from '../../../apps/api/src/access/rules/index.js';
import { BOOKS_READ_BY, tellingOfBooks } from '../../../apps/api/src/access/told-refusals.js';
import { controllers } from '../../../apps/api/src/controllers.js';
import { draftsReadBy } from '../../../apps/api/src/drafts/read-by.js';
import { operationOf } from '../../../apps/api/src/drafts/signed-commands.js';
import { openapiDocument } from '../../../apps/api/src/openapi/document.js';
import { refusalCodes, refusalExamples } from '../../../apps/api/src/openapi/refusal-examples.js';

const SENT = 'what the request itself says';
const RULE = 'a limit or a clock of the program';
const RECEIPT = 'what the receipt of the same request says';
const EVERY_ANSWER = 'what every answer says of the ledger';
const OWN_SIGHT = 'what the list of drafts shows to who is refused';
type Source = typeof SENT | typeof RULE | typeof RECEIPT | typeof EVERY_ANSWER | typeof OWN_SIGHT;

/** Every refusal that names a number, kept by hand: the read that tells the same to who is refused, or whence he has it. */
const FIGURES: Readonly<Partial<Record<RefusalCode, Operation | Source>>> = {
  DIVISION_NOT_EMPTY: 'getDivisions',
  ACCOUNT_LIMIT: RULE,
  OPENING_UNBALANCED: SENT,
  OPENING_AFTER_POSTING: 'getBooksVouchers',
  VOUCHER_UNBALANCED: SENT,
  VOUCHER_EMPTY: SENT,
  VOUCHER_UNKNOWN: SENT,
  AMOUNT_NOT_POSITIVE: SENT,
  AMOUNT_PRECISION: SENT,
  AMOUNT_TOO_LARGE: SENT,
  SOURCE_DOCUMENT_DUPLICATE: 'getBooksVouchers',
  STANDARD_NOT_IN_FORCE: 'getBooksById',
  YEAR_NOT_CLOSED: 'getBooksCloses',
  CONVERSION_INCOMPLETE: 'getBooksBalances',
  CONVERSION_UNBALANCED: 'getBooksBalances',
  CASH_NEGATIVE: 'getBooksBalances',
  CLOSE_BY_YEAR: SENT,
  YEAR_CLOSED: SENT,
  CLOSE_BLOCKED: 'getBooksBalances',
  DISTRIBUTION_EXCEEDS_DISTRIBUTABLE: 'getBooksBalances',
  ALREADY_REVERSED: 'getBooksVouchers',
  NOT_REVERSIBLE: SENT,
  ATTACHMENT_HASH_MISMATCH: SENT,
  ATTACHMENT_TOO_LARGE: RULE,
  RATIO_INCONSISTENT: SENT,
  PROJECT_TOO_MANY_OPEN: 'getProjectsById',
  VILLAGE_HAS_SHARE: 'getProjectsById',
  JOB_OVERLAP: 'getProjectsJobs',
  JOB_ENDED: SENT,
  GAIN_DUPLICATE: 'getProjectsGains',
  RECORD_UNKNOWN: SENT,
  RECORD_WITHDRAWN: SENT,
  SHARES_NOT_100: SENT,
  INCOME_NEGATIVE: SENT,
  INCOME_PERIOD_CLOSED: 'getProjectsSettlements',
  ALLOCATION_SUM_MISMATCH: 'getProjectsById',
  SETTLEMENT_UNCHANGED: 'getProjectsSettlements',
  SHARE_UNKNOWN: SENT,
  SHARE_NOT_REFUSED: SENT,
  SHARE_ELSEWHERE: SENT,
  ASSET_ACQUISITION: SENT,
  RESOURCE_HAS_NO_COST: SENT,
  DEPRECIATION_EXCEEDS_COST: 'getAssetsById',
  ASSET_LIFE_OVER: 'getAssetsById',
  DEPRECIATION_DUPLICATE_PERIOD: 'getBooksVouchers',
  LOGIN_LOCKED: RULE,
  PASSWORD_NOT_ALLOWED: RULE,
  API_TOKEN_LIMIT: RULE,
  DRAFTS_WAITING: OWN_SIGHT,
  RATE_LIMITED: RULE,
  TOO_MANY_AT_ONCE: RULE,
  BODY_TOO_LARGE: RULE,
  FACT_TOO_LARGE: SENT,
  REVISION_STALE: RECEIPT,
  CONCURRENT_CHANGE: RULE,
  KNOWN_AT_IN_FUTURE: EVERY_ANSWER,
  VIEW_BEHIND: EVERY_ANSWER,
};

function namesNumber(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some(namesNumber);
  return typeof value === 'number';
}

/** By operation, the codes that the document says it can be refused with. */
const document = openapiDocument(controllers);
const codesOf = new Map(
  Object.values(document.paths)
    .flatMap((path) => Object.values(path))
    .map(({ operationId, responses }): [string, Set<string>] => {
      const said = JSON.stringify(responses).matchAll(/#\/components\/examples\/([A-Z0-9_]+)/g);
      return [String(operationId), new Set([...said].map(([, code = '']) => code))];
    }),
);

function rolesFor(operation: Operation): readonly Role[] {
  const rule = rules[operation];
  return rule === 'everybody' ? roleNames : rule;
}

const may = (role: Role, operation: Operation): boolean => rolesFor(operation).includes(role);

/** The command that an operation submits, where others sign it. */
const commandOf = new Map([...draftsReadBy.keys()].map((command): [string, string] => [operationOf(command), command]));

/** Who is told why a command is refused: who sends it, who signs it, and who reads its draft. */
function toldOf(operation: Operation, code: string): Set<Role> {
  const command = commandOf.get(operation);
  if (command === undefined) return new Set(rolesFor(operation));
  const read = operationCalled(String(draftsReadBy.get(command)));
  // Readers of a draft who do not read the book hear the code alone of what tells of the book.
  const readers = rolesFor('getDrafts').filter(
    (role) => may(role, read) && (!tellingOfBooks.has(code) || may(role, BOOKS_READ_BY)),
  );
  return new Set([...rolesFor(operation), ...rolesFor('approveDraft'), ...readers]);
}

describe('a figure that a refusal names', () => {
  it('is one of those that are looked into here', () => {
    const naming = refusalCodes.filter((code) => namesNumber(refusalExamples[code]));
    expect(Object.keys(FIGURES).toSorted()).toEqual(naming.toSorted());
  });

  it('is told to nobody who may not read it directly', () => {
    const found: string[] = [];
    let looked = 0;
    for (const [operation, codes] of codesOf) {
      // What is signed or submitted again is told as the command is that it asks for.
      if (operation === 'approveDraft' || operation === 'resubmitDraft' || !Object.hasOwn(rules, operation)) continue;
      for (const code of codes) {
        const read = FIGURES[code as RefusalCode];
        if (read === undefined || !Object.hasOwn(rules, read)) continue;
        for (const role of toldOf(operationCalled(operation), code)) {
          looked++;
          if (!may(role, operationCalled(read))) found.push(`${operation} ${code}: ${role} may not ${read}`);
        }
      }
    }
    expect(found).toEqual([]);
    expect(looked).toBeGreaterThan(100);
  });

  it('of the accounts and vouchers of a book, is left out for who reads a draft and not the book', () => {
    const ofBooks = Object.entries(FIGURES).flatMap(([code, read]) =>
      // Whether anything is posted at all, and to what year the standards are, is said by no number of the book.
      (read === 'getBooksVouchers' || read === 'getBooksBalances') && code !== 'OPENING_AFTER_POSTING' ? [code] : [],
    );
    // Who keeps a book is no number, and told by the handovers.
    expect([...tellingOfBooks].toSorted()).toEqual([...ofBooks, 'HANDOVER_REQUIRED'].toSorted());
    for (const read of ['getBooksVouchers', 'getBooksHandovers'] as const)
      expect(rolesFor(read).toSorted()).toEqual(rolesFor(BOOKS_READ_BY).toSorted());
  });

  it('is left out for the head of a village, who reads what comes in and no voucher', () => {
    const code = 'SOURCE_DOCUMENT_DUPLICATE';
    expect(codesOf.get('recordIncome')).toContain(code);
    expect([may('VILLAGE_HEAD', 'getDivisionsIncomeEntries'), may('VILLAGE_HEAD', 'getBooksVouchers')]).toEqual([
      true,
      false,
    ]);
    expect(toldOf('recordIncome', code)).toEqual(
      new Set(['VILLAGE_CLERK', 'VILLAGE_SUPERVISOR', 'TOWN_ACCOUNTANT', 'TOWN_REVIEWER', 'TOWN_LEADER', 'AUDITOR']),
    );
  });
});
