import {
  aboveOn,
  codeOn,
  type Division,
  type DivisionLevel,
  divisionAbove,
  type DivisionTree,
  isThere,
  levelOf,
  type LocalDate,
  nameOn,
  placeOn,
} from '@ledger/domain';

export interface DivisionRow {
  /** Its identity: the code under which it was registered; stays when the code changes. */
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly level: DivisionLevel;
  readonly parent: string | null;
  /** From when this code and this name hold. */
  readonly validFrom: LocalDate;
  readonly position: number;
  readonly origin: string | null;
}

/** In whose sums the books of a village stand. */
interface Place {
  /** The code of the village itself, or of the one that it went into. */
  readonly code: string;
  /** The identities of that village and of all above; none before it is there. */
  readonly within: readonly string[];
}

/** The tree of one day. */
export class TreeOfDay {
  /** In the order of codes. */
  readonly rows: readonly DivisionRow[];
  /** By every code that ever meant the village, so that what was recorded under an old one is found. */
  readonly #places: ReadonlyMap<string, Place>;
  readonly #identities: ReadonlyMap<string, string>;

  constructor(tree: DivisionTree, day: LocalDate) {
    const divisions = [...tree.divisions.values()];
    this.rows = divisions
      .filter((division) => isThere(division, day))
      .map((division) => rowOf(division, day))
      .toSorted((a, b) => (a.code < b.code ? -1 : 1));
    this.#identities = new Map(this.rows.map(({ code, id }) => [code, id]));
    const places = new Map(divisions.map((division) => [division.id, placeOf(tree, division, day)]));
    this.#places = new Map(
      [...tree.owners].flatMap(([code, id]) => {
        const place = places.get(id);
        return place === undefined ? [] : [[code, place]];
      }),
    );
  }

  /** The code under which a village is shown that was recorded as this one. */
  codeOf(village: string): string {
    return this.#places.get(village)?.code ?? village;
  }

  /** Every code of a village under which something may be recorded that counts in a division, in the order of codes. */
  villagesIn(division: string | undefined): string[] {
    const codes = [...this.#places.keys()].filter((code) => levelOf(code) === 'village');
    return codes.filter((code) => division === undefined || this.counts(code, division)).toSorted();
  }

  /** Whether what was recorded of a village counts in a division; nothing does in one that has not this code then. */
  counts(village: string, division: string): boolean {
    const identity = this.#identities.get(division);
    return identity !== undefined && this.#places.get(village)?.within.includes(identity) === true;
  }
}

function rowOf(division: Division, day: LocalDate): DivisionRow {
  const code = codeOn(division, day);
  const name = nameOn(division, day);
  const coded = division.codes.findLast(({ from }) => from <= day);
  const held = [division.registered, ...(name === undefined ? [] : [name]), ...(coded === undefined ? [] : [coded])];
  const newest = held.reduce((a, b) => (b.recorded > a.recorded ? b : a));
  return {
    id: division.id,
    code,
    name: name?.name ?? '',
    level: levelOf(code),
    parent: divisionAbove(code) ?? null,
    validFrom: held.reduce((from, dated) => (dated.from > from ? dated.from : from), division.registered.from),
    position: newest.recorded,
    origin: newest === coded ? coded.origin : (name?.origin ?? null),
  };
}

function placeOf(tree: DivisionTree, division: Division, day: LocalDate): Place {
  const place = placeOn(tree, division, day) ?? division;
  if (place.registered.from > day) return { code: codeOn(place, day), within: [] };
  const within = [place.id];
  for (let above = aboveOn(tree, place, day); above !== undefined; above = aboveOn(tree, above, day)) {
    within.push(above.id);
  }
  return { code: codeOn(place, day), within };
}
