import { OutcomeUnknown, type Receipt, type RecordedFact } from '../event-log.js';
import { factText } from './facts.js';
import type { Names } from './names.js';
import type { Order } from './order.js';
import type { Place } from './order-entries.js';
import type { OrderTail } from './order-tail.js';
import type { StoredEvent } from './events.js';
import type { EventStore } from './store.js';

/** The place of what was recorded just now comes by itself; to look for it at once would only hold that up. */
const TOLD_WITHIN_MS = 25;

/** Facts of one stream with their places in the order, which is decided a moment after they are recorded. */
export class PlacedFacts {
  constructor(
    private readonly store: EventStore,
    private readonly names: Names,
    private readonly order: Order,
    private readonly tail: OrderTail,
    /** How long a fact may wait for its place. */
    private readonly withinMs: number,
  ) {}

  /** Waits for places that are still to be decided; rejects with `OutcomeUnknown` when they are not in time. */
  async readStream(stream: string, from: number, limit: number): Promise<RecordedFact[]> {
    if (limit < 1) return [];
    const facts: RecordedFact[] = [];
    for (const { entry } of await this.store.read(this.names.facts(stream), { from, limit })) {
      facts.push({ ...(await this.#placeOf(stream, entry)), fact: factText(entry) });
    }
    return facts;
  }

  async readTexts(stream: string, from: number, limit: number): Promise<string[]> {
    if (limit < 1) return [];
    return (await this.store.read(this.names.facts(stream), { from, limit })).map(({ entry }) => factText(entry));
  }

  /** The position of a receipt's last fact, waited for where it is still to be decided. */
  async positionOf({ stream, revision, position }: Receipt): Promise<number> {
    if (position !== undefined) return position;
    const told = await this.tail.wait(() => this.tail.recentPlaceOf(stream, revision), TOLD_WITHIN_MS);
    if (told !== undefined) return told.position;
    const [fact] = await this.readStream(stream, revision, 1);
    if (fact === undefined) throw new Error(`${stream} has no revision ${revision}`);
    return fact.position;
  }

  async #placeOf(stream: string, { revision, position }: StoredEvent): Promise<Place> {
    const recent = () => this.tail.recentPlaceOf(stream, revision);
    const place =
      recent() ??
      (await this.order.placeAt(position)) ??
      (await this.tail.wait(recent, this.withinMs)) ??
      // It may have come while it was looked for, and have been forgotten again.
      (await this.order.placeAt(position));
    if (place === undefined) {
      throw new OutcomeUnknown(`${stream} has revision ${revision}, but nobody has given it a position yet`);
    }
    return place;
  }
}
