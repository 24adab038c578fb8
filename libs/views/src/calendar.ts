import { type LocalDate, lastDay, type Period } from '@ledger/domain';

/** A month as the number yyyymm: views keep months and days as integers, which compare and store fastest. */
export function monthNumber(period: Period): number {
  return Number(period.slice(0, 4)) * 100 + Number(period.slice(5, 7));
}

export function periodOfMonth(month: number): Period {
  return `${String(Math.trunc(month / 100)).padStart(4, '0')}-${String(month % 100).padStart(2, '0')}`;
}

/** A day as the number yyyymmdd. */
export function dayNumber(date: LocalDate): number {
  return Number(date.slice(0, 4)) * 10_000 + Number(date.slice(5, 7)) * 100 + Number(date.slice(8, 10));
}

export function dateOfDay(day: number): LocalDate {
  return `${periodOfMonth(monthOfDay(day))}-${String(day % 100).padStart(2, '0')}`;
}

export function monthOfDay(day: number): number {
  return Math.trunc(day / 100);
}

export function monthBefore(month: number): number {
  return month % 100 === 1 ? month - 89 : month - 1;
}

/** A month 00, after December and before January: what a change of standard carries over stands in neither. */
export function turnOfYear(month: number): number {
  return month - (month % 100);
}

export function monthAfter(month: number): number {
  return month % 100 === 12 ? month + 89 : month + 1;
}

export function isLastDay(date: LocalDate): boolean {
  return date === lastDay(date.slice(0, 7));
}
