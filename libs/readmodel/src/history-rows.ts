import type { LocalDate } from '@ledger/domain';
import {
  type Dated,
  dayNumber,
  type History,
  type HistoryChange,
  type Slice,
  sliceAfter,
  slicesOf,
  type When,
} from '@ledger/views';
import { changeTable, keyTable } from './schema.js';
import type { StoredThings, WriteRow } from './stored-rows.js';

/** What is known of a thing, and of its rows that wait to be written. */
interface Thing {
  /** The slice of the latest date. */
  last: Slice | undefined;
  waiting: Waiting | undefined;
}

interface Waiting {
  readonly changes: Dated[];
  readonly slices: Map<string, Slice>;
}

const MAX_KNOWN = 20_000;

/**
 * Turns changes of things into rows. Nothing is updated: a slice (thing, `valid_from`) gets a new version at the
 * position of the fact that changed it, so "as known at N" is a filter. A fact that is dated back writes every later
 * slice that comes out different.
 */
export class HistoryRows {
  readonly #things = new Map<History, Map<string, Thing>>();

  constructor(
    private readonly stored: StoredThings,
    private readonly write: WriteRow,
  ) {}

  post(view: History, { key, find, change }: HistoryChange, when: When): void {
    const thing = this.#thing(view, key, find, when.position);
    const dated: Dated = { ...when, change };
    this.write(changeTable(view), [key, dayNumber(when.effectiveOn), when.position, JSON.stringify(change)]);
    thing.waiting ??= { changes: [], slices: new Map() };
    const behind = thing.last === undefined || thing.last.validFrom <= when.effectiveOn;
    const changed = behind ? [sliceAfter(view, thing.last, dated)] : this.#foldedAnew(view, key, thing, dated);
    thing.waiting.changes.push(dated);
    for (const slice of changed) {
      thing.waiting.slices.set(slice.validFrom, slice);
      this.write(view.name, [key, dayNumber(slice.validFrom), when.position, slice.state]);
      if (thing.last === undefined || thing.last.validFrom <= slice.validFrom) thing.last = slice;
    }
  }

  has(view: History, key: string): boolean {
    return this.#things.get(view)?.has(key) === true;
  }

  /** The latest date on which something is known to have changed. */
  lastDate(view: History, key: string): LocalDate | undefined {
    const thing = this.#things.get(view)?.get(key);
    return thing === undefined ? this.stored.lastSlice(view, key)?.validFrom : thing.last?.validFrom;
  }

  /** Only when nothing waits to be written: what was said of things can be read back then. */
  shrink(): void {
    for (const things of this.#things.values()) {
      if (things.size > MAX_KNOWN) things.clear();
      else for (const thing of things.values()) thing.waiting = undefined;
    }
  }

  clear(): void {
    for (const things of this.#things.values()) things.clear();
  }

  #thing(view: History, key: string, find: HistoryChange['find'], position: number): Thing {
    const things = this.#ofView(view);
    let thing = things.get(key);
    if (thing === undefined) {
      thing = { last: undefined, waiting: undefined };
      if (this.stored.isKnown(view, key)) thing.last = this.stored.lastSlice(view, key);
      else this.write(keyTable(view), [key, position, ...foundBy(view, key, find)]);
      things.set(key, thing);
    }
    return thing;
  }

  /** The slices from the change's date on that differ from those known. */
  #foldedAnew(view: History, key: string, { waiting }: Thing, added: Dated): Slice[] {
    const known = new Map<string, string | null>();
    // Versions of one slice come in the order of their positions, so the newest stays.
    for (const { validFrom, state } of this.stored.slices(view, key)) known.set(validFrom, state);
    for (const [validFrom, { state }] of waiting?.slices ?? []) known.set(validFrom, state);
    const changes = [...this.stored.changes(view, key), ...(waiting?.changes ?? []), added];
    return slicesOf(view, changes).filter(
      ({ validFrom, state }) =>
        validFrom >= added.effectiveOn && (!known.has(validFrom) || known.get(validFrom) !== state),
    );
  }

  #ofView(view: History): Map<string, Thing> {
    let things = this.#things.get(view);
    if (things === undefined) this.#things.set(view, (things = new Map()));
    return things;
  }
}

function foundBy(view: History, key: string, find: HistoryChange['find']): string[] {
  return view.find.map((column) => {
    const value = find[column];
    if (value === undefined) throw new RangeError(`${view.name} ${key} does not say its ${column}`);
    return value;
  });
}
