import type { LocalDate } from '../local-date.js';

/** From a day on, up to but not on another. */
export interface Span {
  readonly from: LocalDate;
  readonly to?: LocalDate;
}

/** Days on which something came and went, by turns, in order: it is there from the first to before the second. */
export type Turns = readonly LocalDate[];

export function openOn(turns: Turns | undefined, day: LocalDate): boolean {
  return (turns?.filter((turn) => turn <= day).length ?? 0) % 2 === 1;
}

/** Whether it is there at the end of the last day that is known. */
export function isOpen(turns: Turns | undefined): boolean {
  return (turns?.length ?? 0) % 2 === 1;
}

/** Whether it can come or go on a day: nothing that is known already lies after it. */
export function canTurn(turns: Turns | undefined, day: LocalDate): boolean {
  return day >= (turns?.at(-1) ?? day);
}

/** Whether a span has a day in common with those from one to another. */
export function overlaps(span: Span, first: LocalDate, last: LocalDate): boolean {
  return span.from <= last && (span.to === undefined || span.to > first) && span.from !== span.to;
}

export function spansOf(turns: Turns | undefined): Span[] {
  return (turns ?? []).flatMap((from, i) => {
    const to = turns?.[i + 1];
    return i % 2 === 1 ? [] : [to === undefined ? { from } : { from, to }];
  });
}
