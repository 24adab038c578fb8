import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { DivisionLevel, LocalDate } from '@ledger/domain';
import { dateOfDay, dayNumber } from '@ledger/views';
import type { At } from './at.js';

export interface DivisionRow {
  readonly code: string;
  readonly name: string;
  readonly level: DivisionLevel;
  readonly parent: string | null;
  /** From when this name holds. */
  readonly validFrom: LocalDate;
  readonly position: number;
  readonly origin: string | null;
}

export class Divisions {
  readonly #asOf: StatementSync;

  constructor(db: DatabaseSync) {
    this.#asOf = db.prepare(
      `SELECT code, name, level, parent, valid_from, position, origin FROM division d
       WHERE (valid_from, position) = (SELECT valid_from, position FROM division x
         WHERE x.code = d.code AND x.valid_from <= :day AND x.position <= :known
         ORDER BY x.valid_from DESC, x.position DESC LIMIT 1)
       ORDER BY code`,
    );
  }

  /** The whole tree as it was then, in the order of codes. */
  all({ asOf, knownAt }: At): DivisionRow[] {
    return this.#asOf.all({ day: dayNumber(asOf), known: knownAt }).map((row) => {
      const { valid_from: validFrom, ...rest } = row as unknown as DivisionRow & { valid_from: number };
      return { ...rest, validFrom: dateOfDay(validFrom) };
    });
  }

  /** The codes of a division and of all below it in the tree of that time; none when it did not exist. */
  below(code: string, at: At): Set<string> {
    const children = new Map<string | null, string[]>();
    const codes = new Set<string>();
    for (const division of this.all(at)) {
      const siblings = children.get(division.parent) ?? [];
      siblings.push(division.code);
      children.set(division.parent, siblings);
      if (division.code === code) codes.add(code);
    }
    // A set hands out what is added while it is walked, so this descends to the last level.
    for (const found of codes) for (const child of children.get(found) ?? []) codes.add(child);
    return codes;
  }
}
