import { isPeriod, isYear, type Period, SHA256 } from '@ledger/domain';
import { wrongInput } from './input.js';

/** Fields that a route carries in its path, checked like fields of a body. */

export function periodInPath(text: string): Period {
  if (isPeriod(text)) return text;
  throw wrongInput('period', '应为YYYY-MM格式的月份,例如2024-01', 'must be a month as YYYY-MM, such as 2024-01');
}

/** `12` or `记-12`. */
export function voucherNoInPath(text: string): number {
  const [, digits] = /^(?:记-)?([1-9]\d{0,4})$/.exec(text) ?? [];
  if (digits !== undefined) return Number(digits);
  throw wrongInput('voucherNo', '应为凭证号,例如12或记-12', 'must be a voucher number, such as 12 or 记-12');
}

export function yearInPath(text: string): number {
  if (isYear(text)) return Number(text);
  throw wrongInput('year', '应为四位年份,例如2024', 'must be a year of four digits, such as 2024');
}

/** The number of a record, from 1. */
export function numberInPath(text: string, field: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw wrongInput(field, '应为编号,例如12', 'must be a number, such as 12');
}

export function sha256InPath(text: string): string {
  if (SHA256.test(text)) return text;
  throw wrongInput(
    'sha256',
    '应为文件内容的SHA-256,64位小写十六进制数字',
    'must be the SHA-256 of the bytes in 64 lower-case hexadecimal digits',
  );
}
