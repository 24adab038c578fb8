import { yuan } from '../money.js';
import { refusal } from './entry.js';

/** A book that is to begin under a standard of another time. */
interface OpenedOutside {
  readonly standard: string;
  readonly startPeriod: string;
  readonly inForceFrom: string;
  readonly inForceTo?: string;
}

/** A conversion from another month than that in which the next standard begins. */
interface ConvertedOutside {
  readonly standard: string;
  readonly inForceTo: string;
  readonly successor: string;
  readonly period: string;
  readonly asked: string;
}

/** A book that has not come to the standard of the year in which something is to be booked. */
interface NotConverted {
  readonly book: string;
  readonly standard: string;
  readonly successor: string;
  readonly from: string;
  readonly yearToClose: number;
}

/** A balance of the standard that ends, by what it is told apart by. */
interface EndingBalance {
  readonly account: string;
  readonly name: string;
  readonly party?: string;
  readonly grant?: string;
  readonly balanceFen: number;
}

export const standardRefusals = {
  STANDARD_NOT_IN_FORCE: refusal<OpenedOutside | ConvertedOutside | NotConverted>(
    422,
    (f) =>
      'startPeriod' in f
        ? `会计制度${f.standard}自${f.inForceFrom}起施行${f.inForceTo === undefined ? '' : `至${f.inForceTo}`},不适用于${f.startPeriod}启用的账套。请改选当时施行的制度。`
        : 'asked' in f
          ? `会计制度${f.standard}施行至${f.inForceTo},其后为${f.successor}。账套只能自${f.period}起转换,不能自${f.asked}起。请将from填为${f.period}。`
          : `账套仍执行会计制度${f.standard},该制度不适用于${f.from}及以后的期间。请先办理${f.yearToClose}年度结账,再将账套转换为${f.successor}(POST /books/${f.book}/standard,from填${f.from});${f.from}的业务待转换后登记。`,
    (f) =>
      'startPeriod' in f
        ? `The standard ${f.standard} is in force from ${f.inForceFrom}${f.inForceTo === undefined ? '' : ` to ${f.inForceTo}`}; a book cannot start under it in ${f.startPeriod}. Choose the standard of that time.`
        : 'asked' in f
          ? `The standard ${f.standard} is in force to ${f.inForceTo}, and ${f.successor} after it. A book can be converted from ${f.period} only, not from ${f.asked}. Send ${f.period} as from.`
          : `The book is still kept under ${f.standard}, which is not in force from ${f.from} on. Close the year ${f.yearToClose}, then convert the book to ${f.successor} (POST /books/${f.book}/standard with from ${f.from}); the business of ${f.from} is recorded after that.`,
  ),
  STANDARD_CURRENT: refusal<{ standard: string; since: string }>(
    422,
    (f) => `账套自${f.since}起已执行会计制度${f.standard},没有其后的制度可以转换。请直接按该制度记账。`,
    (f) => `The book is kept under ${f.standard} since ${f.since}, and no standard follows it. Go on booking under it.`,
  ),
  YEAR_NOT_CLOSED: refusal<{ year: number; oldestOpen: string }>(
    422,
    (f) =>
      `${f.year}年度尚未结账,最早的未结期间为${f.oldestOpen}。请先按顺序结账并办理${f.year}年度结账,再转换会计制度。`,
    (f) =>
      `The year ${f.year} is not closed; its oldest open month is ${f.oldestOpen}. Close the months and the year ${f.year}, then convert the book.`,
  ),
  CONVERSION_INCOMPLETE: refusal<{ accounts: readonly (EndingBalance & { readonly targets: readonly string[] })[] }>(
    422,
    (f) =>
      `以下原科目余额须由经办人分配到新科目(allocations):${f.accounts.map((a) => `${nameOf(a)}余额${yuan(a.balanceFen)}元,可转入${a.targets.join('、')}`).join(';')}。余额借方为正。`,
    (f) =>
      `These balances of the old accounts must be allocated to new ones (allocations): ${f.accounts.map((a) => `${nameOf(a)} at ${yuan(a.balanceFen)} yuan, to ${a.targets.join(' or ')}`).join('; ')}. Debit balances are positive.`,
  ),
  CONVERSION_UNBALANCED: refusal<EndingBalance & { readonly allocatedFen: number }>(
    422,
    (f) =>
      `科目${nameOf(f)}的余额为${yuan(f.balanceFen)}元,分配合计${yuan(f.allocatedFen)}元。分配合计须等于余额(均填正数),没有余额的科目不必分配。`,
    (f) =>
      `Account ${nameOf(f)} stands at ${yuan(f.balanceFen)} yuan, and ${yuan(f.allocatedFen)} yuan are allocated. Allocate the whole balance, in positive amounts, and nothing of an account without one.`,
  ),
  CONVERSION_TARGET: refusal<{ account: string; name: string; to: string; targets: readonly string[] }>(
    422,
    (f) => `科目${f.account} ${f.name}的余额不能转入新科目${f.to}。可转入:${f.targets.join('、')}。`,
    (f) =>
      `The balance of account ${f.account} ${f.name} cannot go on under ${f.to}. It may go to: ${f.targets.join(', ')}.`,
  ),
} as const;

function nameOf({ account, name, party, grant }: EndingBalance): string {
  const details = [party, grant].filter((detail) => detail !== undefined);
  return `${account} ${name}${details.length === 0 ? '' : `(${details.join(', ')})`}`;
}
