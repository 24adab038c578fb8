import { codesOf, divisionOf, type DivisionTree, isWithin, placeOn } from '@ledger/domain';
import type { Books } from './reads/books.js';
import type { Divisions } from './reads/divisions.js';
import type { TreeOfDay } from './reads/tree-of-day.js';
import { everything, type Scope } from './scope.js';

/** How far a grant reaches: a division with all below it, or some books of it alone. */
export interface Granted {
  readonly division: string;
  readonly books?: readonly string[];
}

/** A scope as sets of codes: what one grant gives is never put together with what another does. */
interface Reach {
  /** Every code of the divisions that are granted whole. */
  readonly divisions: readonly string[];
  /** The granted books that are there, each within the codes of the division of its grant. */
  readonly books: ReadonlyMap<string, readonly string[]>;
  /** Every code of the villages that these books stand in. Above them there is nothing: a part must not look like a sum. */
  readonly villages: ReadonlySet<string>;
}

/** The tree as far as the views go, and what was worked out with it. */
interface Newest {
  readonly knownAt: number;
  readonly tree: DivisionTree;
  readonly reaches: Map<string, Reach>;
}

const NEWEST_DAY = '9999-12-31';

/** Scopes from grants, by the newest tree; what was worked out is kept until the tree changes. */
export class GrantedScopes {
  #kept: Newest | undefined;

  constructor(
    private readonly divisions: Divisions,
    private readonly books: Books,
    private readonly checkpoint: () => number,
  ) {}

  /** A division is seen under every code that it has ever had; one that is not registered yet under the one granted. */
  of(granted: readonly Granted[]): Scope {
    // Worked out now: when the scope is asked, another generation of the views may serve.
    const { divisions, books, villages } = this.#reach(granted);
    return {
      includesDivision: (code) => within(code, divisions) || villages.has(code),
      includesBook: (id, village) => within(village, divisions) || within(village, books.get(id) ?? []),
    };
  }

  /**
   * The scope, to be asked by any code under which something was recorded: what there is of a village goes with it to where
   * it is today, and is seen from there alone.
   */
  ofPlaces(scope: Scope): Scope {
    if (scope === everything) return scope;
    const today = this.#today();
    return {
      includesDivision: (code) => scope.includesDivision(today.codeOf(code)),
      includesBook: (id, village) => scope.includesBook(id, today.codeOf(village)),
    };
  }

  /** The code of the place where that is today which was recorded under this one. */
  placeOf(code: string): string {
    return this.#today().codeOf(code);
  }

  /** Every code that a division was ever given, by the newest tree; itself, where the tree does not know it. */
  codesOf(division: string): string[] {
    return allCodes(this.#newest().tree, division);
  }

  #today(): TreeOfDay {
    return this.divisions.at({ asOf: NEWEST_DAY, knownAt: this.checkpoint() });
  }

  /** Every request asks for a scope: the file is asked for the tree once a position, and not each time. */
  #newest(): Newest {
    const knownAt = this.checkpoint();
    const kept = this.#kept;
    if (kept?.knownAt === knownAt) return kept;
    const tree = this.divisions.tree(knownAt);
    return (this.#kept = { knownAt, tree, reaches: kept?.tree === tree ? kept.reaches : new Map<string, Reach>() });
  }

  #reach(granted: readonly Granted[]): Reach {
    const { knownAt, tree, reaches } = this.#newest();
    const key = JSON.stringify(granted.map(({ division, books = null }) => [division, books]));
    const known = reaches.get(key);
    if (known !== undefined) return known;
    const { reach, complete } = this.#worked(granted, tree, knownAt);
    // A book that is granted before it is opened changes the reach without changing the tree.
    if (complete) reaches.set(key, reach);
    return reach;
  }

  #worked(granted: readonly Granted[], tree: DivisionTree, knownAt: number): { reach: Reach; complete: boolean } {
    const divisions: string[] = [];
    const books = new Map<string, string[]>();
    const villages = new Set<string>();
    const named = new Set(granted.flatMap(({ books: only = [] }) => only));
    const known = new Map(this.books.named([...named], knownAt).map((book) => [book.id, book]));
    for (const { division, books: only } of granted) {
      const codes = allCodes(tree, division);
      if (only === undefined) divisions.push(...codes);
      for (const id of only ?? []) {
        const book = known.get(id);
        const own = book === undefined ? [] : villageCodes(tree, book.village).filter((code) => within(code, codes));
        if (own.length > 0) books.set(id, [...(books.get(id) ?? []), ...codes]);
        for (const code of own) villages.add(code);
      }
    }
    return { reach: { divisions, books, villages }, complete: known.size === named.size };
  }
}

function allCodes(tree: DivisionTree, division: string): string[] {
  return [...new Set([division, ...codesOf(tree, division)])];
}

/** The codes of a village, and of the one that has taken it over. */
function villageCodes(tree: DivisionTree, village: string): string[] {
  const division = divisionOf(tree, village);
  const place = division && placeOn(tree, division, NEWEST_DAY);
  return [...new Set([...allCodes(tree, village), ...(place === undefined ? [] : codesOf(tree, place.id))])];
}

function within(code: string, divisions: readonly string[]): boolean {
  return divisions.some((division) => isWithin(code, division));
}
