import { codeOn, type Division, divisionOf, type DivisionTree, placeOn } from '../division-tree.js';
import type { LocalDate } from '../local-date.js';

/**
 * The code by which a division is asked for on a day: its own of that day or, once another has taken it over, that one's,
 * whose officers alone keep what it left.
 */
export function codeForSight(tree: DivisionTree | undefined, code: string, today: LocalDate): string {
  const division = tree && divisionOf(tree, code);
  if (tree === undefined || division === undefined) return code;
  return codeOn(placeOn(tree, division, today) ?? division, today);
}

/** A tree in which the divisions out of sight have no codes: nothing that is named leads to them. */
export function treeInSight(tree: DivisionTree, sees: (division: Division) => boolean): DivisionTree {
  const owner = (code: string): string | undefined => {
    const division = divisionOf(tree, code);
    return division !== undefined && sees(division) ? division.id : undefined;
  };
  return { divisions: tree.divisions, owners: new OwnersInSight(tree.owners, owner) };
}

/** The identities behind codes, as far as they are in sight. It copies nothing: a command names a few codes of many. */
class OwnersInSight extends Map<string, string> {
  constructor(
    private readonly all: ReadonlyMap<string, string>,
    private readonly owner: (code: string) => string | undefined,
  ) {
    super();
  }

  override get(code: string): string | undefined {
    return this.owner(code);
  }

  override has(code: string): boolean {
    return this.owner(code) !== undefined;
  }

  override *[Symbol.iterator](): MapIterator<[string, string]> {
    for (const [code, id] of this.all) if (this.has(code)) yield [code, id];
  }
}
