import { clampInto, type LocalDate, nextPeriod, periodOf, type Period } from '@ledger/domain';

/** Public holidays on which the township's bookkeeping centre is closed, first and last day. */
const HOLIDAYS: readonly (readonly [LocalDate, LocalDate])[] = [
  ['2022-01-01', '2022-01-03'],
  ['2022-01-31', '2022-02-06'],
  ['2022-04-03', '2022-04-05'],
  ['2022-04-30', '2022-05-04'],
  ['2022-06-03', '2022-06-05'],
  ['2022-09-10', '2022-09-12'],
  ['2022-10-01', '2022-10-07'],
  ['2022-12-31', '2023-01-02'],
  ['2023-01-21', '2023-01-27'],
  ['2023-04-05', '2023-04-05'],
  ['2023-04-29', '2023-05-03'],
  ['2023-06-22', '2023-06-24'],
  ['2023-09-29', '2023-10-06'],
  ['2023-12-30', '2024-01-01'],
  ['2024-02-10', '2024-02-17'],
  ['2024-04-04', '2024-04-06'],
  ['2024-05-01', '2024-05-05'],
  ['2024-06-08', '2024-06-10'],
  ['2024-09-15', '2024-09-17'],
  ['2024-10-01', '2024-10-07'],
  ['2025-01-01', '2025-01-01'],
  ['2025-01-28', '2025-02-04'],
];

/** Papers are brought to the centre three times a month, and what is left in the first days of the next one. */
const DESK_DAYS = [10, 20, 28];
const FIRST_DAYS = 4;
const CLOSING_DAY = 8;
const FOUND_DAY = 22;

/** The day on which an entry of this business day is recorded. */
export function deskDayAfter(on: LocalDate): LocalDate {
  const period = periodOf(on);
  const day = DESK_DAYS.find((desk) => desk >= Number(on.slice(8)));
  return officeDayFrom(day === undefined ? dayOf(nextPeriod(period), FIRST_DAYS) : dayOf(period, day));
}

/** Months are closed about the 8th of the next one. */
export function closingDayOf(period: Period): LocalDate {
  return officeDayFrom(dayOf(nextPeriod(period), CLOSING_DAY));
}

/** When the people of a book come back to what they overlooked: two or three weeks after the month was closed. */
export function foundDayAfter(on: LocalDate): LocalDate {
  return officeDayFrom(dayOf(nextPeriod(periodOf(on)), FOUND_DAY));
}

/** A day of a month, its last one where the month is shorter. */
export function dayOf(period: Period, day: number): LocalDate {
  const text = `${period}-${String(day).padStart(2, '0')}`;
  return clampInto(text, period);
}

/** The instant of a time of day in Shanghai, `minutes` after 09:00. */
export function atOffice(date: LocalDate, minutes: number): number {
  return Date.parse(`${date}T09:00:00+08:00`) + minutes * 60_000;
}

function officeDayFrom(date: LocalDate): LocalDate {
  let instant = Date.parse(`${date}T00:00:00Z`);
  for (;;) {
    const day = new Date(instant).toISOString().slice(0, 10);
    if (isOfficeDay(day)) return day;
    instant += 24 * 60 * 60_000;
  }
}

function isOfficeDay(date: LocalDate): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !HOLIDAYS.some(([first, last]) => date >= first && date <= last);
}
