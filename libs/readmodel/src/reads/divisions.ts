import {
  changeDivision,
  type DivisionChange,
  type DivisionTree,
  daysOfChange,
  emptyDivisionTree,
} from '@ledger/domain';
import { dateOfDay } from '@ledger/views';
import type { At } from './at.js';
import { TreeOfDay } from './tree-of-day.js';
import type { Statement, Statements } from '../statements.js';

/** As it was known at one moment, with the days that were asked for. */
interface KnownTree {
  readonly tree: DivisionTree;
  readonly days: readonly string[];
  readonly ofDays: Map<string, TreeOfDay>;
}

const MAX_TREES = 4;
const MAX_DAYS = 32;
const MAX_POSITIONS = 64;

/**
 * The tree at both times. Divisions change seldom, so the trees of a few moments and days are kept, and a book finds its
 * place by one look into a map.
 */
export class Divisions {
  readonly #newest: Statement;
  readonly #changes: Statement;
  readonly #known = new Map<number, KnownTree>();
  /** The newest change by then. */
  readonly #changedAt = new Map<number, number>();

  constructor(
    db: Statements,
    /** Throws when the views have not come so far. */
    private readonly reached: (knownAt: number) => void,
  ) {
    this.#newest = db.prepare('SELECT max(position) AS position FROM division WHERE position <= :known');
    this.#changes = db.prepare('SELECT * FROM division WHERE position <= :known ORDER BY position, code');
  }

  at({ asOf, knownAt }: At): TreeOfDay {
    const { tree, days, ofDays } = this.#knownAt(knownAt);
    // From one day of change to the next the tree is the same; before the first there is none.
    const day = days.findLast((change) => change <= asOf) ?? '';
    return kept(ofDays, day, MAX_DAYS, () => new TreeOfDay(tree, day));
  }

  /** The tree of all dates, as it was known. */
  tree(knownAt: number): DivisionTree {
    return this.#knownAt(knownAt).tree;
  }

  #knownAt(knownAt: number): KnownTree {
    this.reached(knownAt);
    const changed = kept(this.#changedAt, knownAt, MAX_POSITIONS, () => {
      return (this.#newest.get({ known: knownAt }) as { position: number | null }).position ?? 0;
    });
    return kept(this.#known, changed, MAX_TREES, () => {
      const tree = this.#read(changed);
      return { tree, days: daysOfChange(tree), ofDays: new Map() };
    });
  }

  #read(position: number): DivisionTree {
    const tree = emptyDivisionTree();
    for (const row of this.#changes.all({ known: position })) {
      const { valid_from: day, position: recorded, ...change } = row as Stored;
      changeDivision(tree, change, { from: dateOfDay(day), recorded });
    }
    return tree;
  }
}

type Stored = DivisionChange & { readonly valid_from: number; readonly position: number };

/** What is asked for again stays; beyond the limit the one that was not asked for the longest goes. */
function kept<K, V>(known: Map<K, V>, key: K, limit: number, make: () => V): V {
  const value = known.get(key) ?? make();
  known.delete(key);
  known.set(key, value);
  const [oldest] = known.keys();
  if (known.size > limit && oldest !== undefined) known.delete(oldest);
  return value;
}
