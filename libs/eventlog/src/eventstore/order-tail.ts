import { OutcomeUnknown } from '../event-log.js';
import { Following } from './following.js';
import type { Names } from './names.js';
import { isMark, NOTHING_ORDERED, type Place, placeAt, type Standing, standingAt } from './order-entries.js';
import { type Told, toldBy } from './told.js';
import type { StoredEvent } from './events.js';
import type { EventStore } from './store.js';

const MAX_RECENT_PLACES = 20_000;

/** The newest of the order as it comes: who waits for a place or for a time learns of it here, without asking again. */
export class OrderTail {
  #standing: Standing = NOTHING_ORDERED;
  #told: Told | undefined;
  #orderRevision = -1;
  #clockRevision = -1;
  readonly #recent = new Map<string, Place>();
  readonly #listeners = new Set<() => void>();
  #following: readonly Following[] = [];

  private constructor(
    private readonly store: EventStore,
    private readonly names: Names,
  ) {}

  static async open(store: EventStore, names: Names, onError: (error: unknown) => void): Promise<OrderTail> {
    const tail = new OrderTail(store, names);
    const [order, clock] = await Promise.all([store.last(names.order), store.last(names.clock)]);
    if (order !== undefined) tail.#ordered(order);
    if (clock !== undefined) tail.#heard(clock);
    tail.#following = [
      new Following(
        () => store.followStream(names.order, tail.#orderRevision),
        ({ entry }) => tail.#ordered(entry),
        onError,
        'order',
      ),
      new Following(
        () => store.followStream(names.clock, tail.#clockRevision),
        ({ entry }) => tail.#heard(entry),
        onError,
        'clock',
      ),
    ];
    return tail;
  }

  /** Of the newest fact known here. */
  get standing(): Standing {
    return this.#standing;
  }

  /** Nothing will be recorded before this instant any more. */
  get toldMs(): number {
    return Math.max(this.#told?.toldMs ?? 0, this.#standing.recordedAtMs);
  }

  /** Nobody decides the order: nobody ever has, or who did has left. */
  get isVacant(): boolean {
    return this.#told === undefined || this.#told.left === true;
  }

  /** The place of a fact that was ordered a short while ago. */
  recentPlaceOf(stream: string, revision: number): Place | undefined {
    return this.#recent.get(`${revision}@${this.names.facts(stream)}`);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves with what `find` finds, looking whenever something has come; undefined when it does not come in time. */
  async wait<T>(find: () => T | undefined, ms: number): Promise<T | undefined> {
    const found = find();
    if (found !== undefined) return found;
    return new Promise((resolve) => {
      const finish = (result: T | undefined): void => {
        clearTimeout(timer);
        stop();
        resolve(result);
      };
      const timer = setTimeout(() => finish(undefined), ms);
      const stop = this.onChange(() => {
        const result = find();
        if (result !== undefined) finish(result);
      });
    });
  }

  /**
   * Resolves when nothing can be recorded at an instant any more, which only whoever decides the order knows; rejects with
   * `OutcomeUnknown` when nobody tells so in time.
   */
  async untilPast(instantMs: number, ms: number): Promise<void> {
    if ((await this.wait(() => this.toldMs > instantMs || undefined, ms)) === undefined) {
      throw new OutcomeUnknown(`nobody has told that ${new Date(instantMs).toISOString()} is past`);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#following.map((following) => following.end()));
  }

  #ordered(entry: StoredEvent): void {
    if (entry.revision <= this.#orderRevision) return;
    this.#orderRevision = entry.revision;
    this.#standing = standingAt(entry);
    if (!isMark(entry)) {
      if (this.#recent.size >= MAX_RECENT_PLACES) this.#recent.clear();
      this.#recent.set(Buffer.from(entry.data).toString(), placeAt(entry));
    }
    this.#changed();
  }

  #heard(entry: StoredEvent): void {
    if (entry.revision <= this.#clockRevision) return;
    this.#clockRevision = entry.revision;
    this.#told = toldBy(entry);
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
