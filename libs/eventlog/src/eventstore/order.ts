import { CorruptLog } from '@ledger/domain';
import { MAX_FACTS_IN_APPEND, type RecordedFact } from '../event-log.js';
import { wholeAppends } from '../tail.js';
import {
  isAfter,
  isMark,
  NOTHING_ORDERED,
  placeAt,
  type Place,
  recordedFact,
  type Standing,
  standingAt,
} from './order-entries.js';
import type { Names } from './names.js';
import type { FilePosition, StoredEvent } from './events.js';
import type { EventStore } from './store.js';

/** Marks that may stand between the facts of one page. */
const ROOM_FOR_MARKS = 4;
const LARGEST_PAGE = 1_000;
/** Fewer facts are asked for by somebody who wants just these. */
const WORTH_READING_AHEAD = 100;

interface Ahead {
  readonly from: number;
  readonly to: number;
  readonly limit: number;
  /** Undefined until somebody has gone on once. */
  readonly facts: Promise<RecordedFact[]> | undefined;
}

const isIn = (position: number, ahead: Ahead | undefined): boolean =>
  ahead !== undefined && position >= ahead.from && position <= ahead.to;

/**
 * Reads the order of all facts. Its entry of position p stands at event p - 1, or later by as many marks of epochs as
 * stand before it.
 */
export class Order {
  /** How many marks stood before the entries that were read last: where to begin with the next. */
  #marksBefore = 0;
  /** Where the last full page has ended, and the facts after it, which are read before somebody asks for them. */
  #ahead: Ahead | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly names: Names,
  ) {}

  async standing(): Promise<Standing> {
    const last = await this.store.last(this.names.order);
    return last === undefined ? NOTHING_ORDERED : standingAt(last);
  }

  /**
   * Facts after a position. Whoever goes on where a page has ended, as all do who read the whole log, finds the next one
   * asked for already: the store sends it while they work. No more than one page is held.
   */
  async readAfter(position: number, limit: number): Promise<RecordedFact[]> {
    if (limit < 1) return [];
    const ahead = this.#ahead;
    const known = ahead?.facts !== undefined && limit <= ahead.limit && isIn(position, ahead) ? await ahead.facts : [];
    const found = known.filter((fact) => fact.position > position).slice(0, limit);
    const facts = found.length === limit ? found : await this.#readAfter(position, limit);
    if (limit >= WORTH_READING_AHEAD && facts.length === limit) this.#readAhead(facts, limit, isIn(position, ahead));
    return facts;
  }

  /** Remembers where a full page has ended, and asks for the next one where this one went on from another. */
  #readAhead(facts: readonly RecordedFact[], limit: number, wentOn: boolean): void {
    const to = facts.at(-1)?.position ?? 0;
    // Who reads whole appends goes on before what was cut off.
    const from = wholeAppends(facts).at(-1)?.position ?? to;
    const cut = facts.filter(({ position }) => position > from);
    const next = (): Promise<RecordedFact[]> =>
      this.#readAfter(to, limit).then(
        (read) => [...cut, ...read],
        () => [],
      );
    this.#ahead = { from, to, limit, facts: wentOn ? next() : undefined };
  }

  async #readAfter(position: number, limit: number): Promise<RecordedFact[]> {
    const guessed = await this.#readFrom(position + this.#marksBefore, limit);
    // Other marks than those of the last read, or none of it: the exact place has to be looked for.
    if (guessed[0]?.position === position + 1) return checked(guessed, position);
    const from = await this.#eventOf(position + 1);
    return from === undefined ? [] : checked(await this.#readFrom(from, limit), position);
  }

  async #readFrom(first: number, limit: number): Promise<RecordedFact[]> {
    const facts: RecordedFact[] = [];
    for (let from: number | undefined = first; from !== undefined && facts.length < limit;) {
      const page: number = Math.min(LARGEST_PAGE, limit - facts.length + ROOM_FOR_MARKS);
      const read = await this.store.read(this.names.order, { from, limit: page, links: true });
      for (const event of read) {
        if (isMark(event.entry) || facts.length === limit) continue;
        const fact = recordedFact(event);
        this.#marksBefore = event.entry.revision + 1 - fact.position;
        facts.push(fact);
      }
      from = read.length < page ? undefined : from + read.length;
    }
    return facts;
  }

  /** The last whole append at or before a position. */
  async wholeAt(position: number): Promise<number> {
    const head = await this.standing();
    // The order is appended to in whole appends, so its end is the end of one.
    if (position >= head.position) return head.position;
    if (position < 1) return 0;
    const from = await this.#eventOf(position);
    const read = await this.store.read(this.names.order, {
      from: from ?? 'end',
      backwards: true,
      limit: MAX_FACTS_IN_APPEND + ROOM_FOR_MARKS,
    });
    const end = read.find(({ entry }) => !isMark(entry) && placeAt(entry).remaining === 0);
    return end === undefined ? 0 : placeAt(end.entry).position;
  }

  /** The last whole append that was recorded at or before an instant. */
  async positionAt(instantMs: number): Promise<number> {
    const last = await this.store.last(this.names.order);
    if (last === undefined) return 0;
    const event = await this.#lastEventUntil(last.revision, ({ recordedAtMs }) => recordedAtMs <= instantMs);
    return event === undefined ? 0 : this.wholeAt(standingAt(event).position);
  }

  /** The place of the fact that stands there in the file; undefined while it is still to be decided. */
  async placeAt(file: FilePosition): Promise<Place | undefined> {
    const last = await this.store.last(this.names.order);
    if (last === undefined) return undefined;
    const reached = standingAt(last).file;
    if (reached === undefined || isAfter(file, reached)) return undefined;
    const event = await this.#lastEventUntil(last.revision, (at) => at.file === undefined || !isAfter(at.file, file));
    const entry = event && isMark(event) ? await this.#entryOf(standingAt(event).position) : event;
    const found = entry && standingAt(entry).file;
    if (entry === undefined || found?.commit !== file.commit || found.prepare !== file.prepare) {
      throw new CorruptLog(`the fact at ${file.commit}/${file.prepare} of EventStoreDB is missing in the order`);
    }
    return placeAt(entry);
  }

  /** By halving: the last entry for which something holds that holds for all entries before it. */
  async #lastEventUntil(newest: number, holds: (at: Standing) => boolean): Promise<StoredEvent | undefined> {
    let low = 0;
    let high = newest;
    let found: StoredEvent | undefined;
    while (low <= high) {
      const middle = Math.floor((low + high) / 2);
      const event = await this.#event(middle);
      if (holds(standingAt(event))) {
        found = event;
        low = middle + 1;
      } else high = middle - 1;
    }
    return found;
  }

  /** The event number of a position's entry; undefined past the end. */
  async #eventOf(position: number): Promise<number | undefined> {
    let event = position - 1;
    for (;;) {
      const [found] = await this.store.read(this.names.order, { from: event, limit: 1 });
      if (found === undefined) return undefined;
      const reached = standingAt(found.entry).position;
      if (reached === position && !isMark(found.entry)) return event;
      // A mark tells the position before it.
      event += Math.max(1, position - reached);
    }
  }

  async #entryOf(position: number): Promise<StoredEvent> {
    const event = await this.#eventOf(position);
    if (event === undefined) throw new CorruptLog(`position ${position} is not there`);
    return this.#event(event);
  }

  async #event(number: number): Promise<StoredEvent> {
    const [found] = await this.store.read(this.names.order, { from: number, limit: 1 });
    if (found === undefined) throw new CorruptLog(`event ${number} of the order is not there`);
    return found.entry;
  }
}

function checked(facts: RecordedFact[], after: number): RecordedFact[] {
  facts.forEach(({ position }, index) => {
    const wanted = after + 1 + index;
    if (position !== wanted) throw new CorruptLog(`position ${wanted} of EventStoreDB is ${position}`);
  });
  return facts;
}
