/** A calendar day in Asia/Shanghai, `YYYY-MM-DD`. */
export type LocalDate = string;
/** A bookkeeping month, `YYYY-MM`. */
export type Period = string;

const SHANGHAI_OFFSET_MS = 8 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The last day that was asked for. A request asks several times which day it is, and all day long it is the same. */
let newest = { day: Number.NaN, date: '' };

/** The day it is in Shanghai at an instant (ms since the epoch); the zone has had no daylight saving since 1991. */
export function shanghaiDate(instantMs: number): LocalDate {
  const day = Math.floor((instantMs + SHANGHAI_OFFSET_MS) / DAY_MS);
  if (day !== newest.day) newest = { day, date: new Date(day * DAY_MS).toISOString().slice(0, 10) };
  return newest.date;
}

/** The minute it is in Shanghai at an instant, for a sentence: `YYYY-MM-DD HH:MM`. */
export function shanghaiTime(instant: string): string {
  return new Date(Date.parse(instant) + SHANGHAI_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');
}

/** True for a day that exists in the calendar, between 1949-10-01 and 9999-12-31. */
export function isLocalDate(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value) || value < '1949-10-01') return false;
  const [year = 0, month = 0, day = 0] = value.split('-').map(Number);
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysIn(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0);
}

export function isPeriod(value: unknown): boolean {
  return typeof value === 'string' && /^(19[5-9]\d|[2-9]\d{3})-(0[1-9]|1[0-2])$/.test(value);
}

/** `YYYY`, of the years that periods may lie in. */
export function isYear(value: unknown): boolean {
  return typeof value === 'string' && /^(19[5-9]\d|[2-9]\d{3})$/.test(value);
}

export function periodOf(date: LocalDate): Period {
  return date.slice(0, 7);
}

export function yearOf(periodOrDate: Period): number {
  return Number(periodOrDate.slice(0, 4));
}

export function nextPeriod(period: Period): Period {
  return shift(period, 1);
}

export function previousPeriod(period: Period): Period {
  return shift(period, -1);
}

export function firstDay(period: Period): LocalDate {
  return `${period}-01`;
}

export function lastDay(period: Period): LocalDate {
  return `${period}-${daysIn(...split(period)).toString()}`;
}

/** `YYYY-12` of a year: the month that closes with the year. */
export function december(year: number): Period {
  return `${year}-12`;
}

/** The day itself when the period holds it, else the nearest day of the period. */
export function clampInto(date: LocalDate, period: Period): LocalDate {
  if (date < firstDay(period)) return firstDay(period);
  const last = lastDay(period);
  return date > last ? last : date;
}

function shift(period: Period, months: number): Period {
  const [year, month] = split(period);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 7);
}

function split(period: Period): [number, number] {
  return [Number(period.slice(0, 4)), Number(period.slice(5, 7))];
}
