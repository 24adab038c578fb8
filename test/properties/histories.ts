import * as fc from 'fast-check';

/** One turn of a story: what is asked, of which book, with which numbers; the story makes a command of it. */
export interface Turn {
  /** 0 to 99, a share of the commands each. */
  readonly what: number;
  readonly book: number;
  /** Days that pass before it. */
  readonly wait: number;
  /** Where the business day lies. */
  readonly day: number;
  readonly account: number;
  readonly other: number;
  readonly amountFen: number;
}

/** How a history begins. The third book is opened in the middle, under the standard of 2024. */
export interface Beginning {
  readonly starts: readonly [village: number, inside: number, later: number];
  readonly openings: readonly [boolean, boolean, boolean];
  /** Lines of the opening for single parties; many make an append of several facts. */
  readonly parties: number;
  /** Whether the third book is of the first village's committee, which its collective's income leaves out. */
  readonly committee: boolean;
}

export interface History {
  readonly beginning: Beginning;
  readonly turns: readonly Turn[];
}

/** A question at both times; the numbers are laid over the days and positions of its history. */
export interface Question {
  readonly day: number;
  readonly known: number;
  /** Which kind of day, and whether everything is known. */
  readonly kind: number;
  readonly from: number;
  readonly months: number;
}

const upTo = (max: number): fc.Arbitrary<number> => fc.noBias(fc.integer({ min: 0, max }));

const turn: fc.Arbitrary<Turn> = fc.record({
  what: upTo(99),
  book: upTo(2),
  wait: upTo(99),
  day: upTo(9999),
  account: upTo(99),
  other: upTo(99),
  amountFen: fc.noBias(fc.integer({ min: 1, max: 800_000 })),
});

/** Histories of 60 to 150 turns; every one of them is legal, because what the ledger refuses is not in it. */
export const histories: fc.Arbitrary<History> = fc.record({
  beginning: fc.record({
    starts: fc.tuple(upTo(8), upTo(6), upTo(5)),
    openings: fc.tuple(fc.boolean(), fc.constant(true), fc.boolean()),
    parties: fc.oneof(fc.constant(0), upTo(5), fc.constant(230)),
    committee: fc.boolean(),
  }),
  turns: fc.noBias(fc.array(turn, { minLength: 60, maxLength: 150, size: 'max' })),
});

export const questions: fc.Arbitrary<Question[]> = fc.array(
  fc.record({ day: upTo(1480), known: upTo(1_000_000), kind: upTo(19), from: upTo(60), months: upTo(30) }),
  { minLength: 20, maxLength: 24 },
);
