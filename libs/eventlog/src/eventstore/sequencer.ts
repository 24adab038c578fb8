import type { Clock } from '../event-log.js';
import { forwardClock } from '../forward-clock.js';
import type { FactMetadata } from './facts.js';
import { Following } from './following.js';
import type { Names } from './names.js';
import { epochMark, isAfter, linkTo, NOTHING_ORDERED, type Standing, standingAt } from './order-entries.js';
import { type Told, toldBy } from './told.js';
import { type FilePosition, type StoredEvent, StreamMoved } from './events.js';
import type { EventStore } from './store.js';

export interface SequencerOptions {
  readonly clock: Clock;
  /** How often the time is told while nothing is recorded. */
  readonly tellEveryMs: number;
}

const MOST_IN_APPEND = 500;
const MOST_WAITING = 5_000;

/**
 * Decides the order of the facts for as long as nobody else does. It follows them in the store's own order and appends a
 * link to each to the stream of the order, with position, instant and leaf. Every append expects the revision that its
 * last one made, so that of two who both think they decide only one can go on; the other ends, whenever it wakes up.
 *
 * Whoever begins appends a mark to the order and tells the time once, which ends the one before in both streams. While
 * nothing is recorded the time is told every so often: nothing will be recorded before it.
 */
export class Sequencer {
  readonly #waiting: StoredEvent[] = [];
  #following: Following | undefined;
  #writing: Promise<void> | undefined;
  #ended = false;
  #finish: (error?: unknown) => void = () => undefined;
  #teller: NodeJS.Timeout | undefined;
  #clock: Clock;

  private constructor(
    private readonly store: EventStore,
    private readonly names: Names,
    private standing: Standing,
    private orderRevision: number,
    private clockRevision: number,
    private readonly options: SequencerOptions,
    fromMs: number,
  ) {
    this.#clock = forwardClock(options.clock, fromMs);
  }

  /** Ends whoever decides the order now, and goes on from where they came to. */
  static async takeOver(store: EventStore, names: Names, options: SequencerOptions): Promise<Sequencer> {
    const last = await store.last(names.order);
    const before = last === undefined ? NOTHING_ORDERED : standingAt(last);
    const standing = { ...before, epoch: before.epoch + 1 };
    const orderRevision = last?.revision ?? -1;
    await store.append(names.order, orderRevision, [epochMark(standing)]);
    const told = await store.last(names.clock);
    const fromMs = Math.max(standing.recordedAtMs, told === undefined ? 0 : toldBy(told).toldMs);
    const sequencer = new Sequencer(store, names, standing, orderRevision + 1, told?.revision ?? -1, options, fromMs);
    if (told === undefined) await store.keepNewest(names.clock, 1);
    await sequencer.#tell();
    return sequencer;
  }

  /** Decides until it is stopped or somebody else has taken over; rejects when the store does not answer. */
  async run(): Promise<void> {
    const ended = new Promise<void>((resolve, reject) => {
      this.#finish = (error) => (error === undefined || error instanceof StreamMoved ? resolve() : reject(error));
    });
    this.#following = new Following(
      () => this.store.followPrefix(this.names.factPrefix, this.#reached()),
      ({ entry }) => this.#arrived(entry),
      (error) => this.#finish(error),
      'facts',
    );
    this.#tellAgain();
    try {
      await ended;
    } finally {
      this.#ended = true;
      clearTimeout(this.#teller);
      await this.#following.end();
    }
  }

  /** Ends by saying so, and whoever waits takes over without waiting for silence. */
  async leave(): Promise<void> {
    this.#ended = true;
    await this.#writing;
    // Where it cannot be said, the others hear nothing for a while and take over then.
    await this.#tell({ left: true }).catch(() => undefined);
    this.#finish();
  }

  /** The newest fact that has been heard of, ordered or not. */
  #reached(): FilePosition | undefined {
    return this.#waiting.at(-1)?.position ?? this.standing.file;
  }

  #arrived(fact: StoredEvent): void {
    const reached = this.#reached();
    // A subscription gives an event twice when it was dropped and opened again, and may do so anyway.
    if (this.#ended || (reached !== undefined && !isAfter(fact.position, reached))) return;
    this.#waiting.push(fact);
    if (this.#waiting.length >= MOST_WAITING) this.#following?.pause();
    this.#order();
  }

  /** Orders what waits, unless that is under way; what comes meanwhile is ordered after it. */
  #order(): void {
    if (this.#writing !== undefined || this.#ended || this.#nextWhole().length === 0) return;
    this.#writing = this.#orderWaiting().finally(() => {
      this.#writing = undefined;
      this.#order();
    });
  }

  async #orderWaiting(): Promise<void> {
    try {
      for (let facts = this.#nextWhole(); facts.length > 0 && !this.#ended; facts = this.#nextWhole()) {
        await this.#append(facts);
        this.#waiting.splice(0, facts.length);
        if (this.#waiting.length < MOST_WAITING / 2) this.#following?.resume();
      }
    } catch (error) {
      this.#ended = true;
      this.#finish(error);
    }
  }

  /** As many whole appends as fit into one append to the order. */
  #nextWhole(): StoredEvent[] {
    const next = this.#waiting.slice(0, MOST_IN_APPEND);
    return next.slice(0, next.findLastIndex(({ metadata }) => (metadata as FactMetadata).remaining === 0) + 1);
  }

  async #append(facts: readonly StoredEvent[]): Promise<void> {
    const { epoch, position } = this.standing;
    const recordedAtMs = this.#clock.now();
    const links = facts.map((fact, index) => linkTo(fact, { position: position + 1 + index, recordedAtMs, epoch }));
    await this.store.append(this.names.order, this.orderRevision, links);
    this.orderRevision += links.length;
    this.standing = { epoch, recordedAtMs, position: position + links.length, file: facts.at(-1)?.position };
    this.#tellAgain();
  }

  async #tell(said: Partial<Told> = {}): Promise<void> {
    const told: Told = { toldMs: this.#clock.now(), ...said };
    const data = Buffer.from(JSON.stringify(told));
    await this.store.append(this.names.clock, this.clockRevision, [{ type: 'told', data }]);
    this.clockRevision++;
  }

  /** An order that has just been written tells the time too. */
  #tellAgain(): void {
    clearTimeout(this.#teller);
    if (this.#ended) return;
    this.#teller = setTimeout(() => {
      // What is being ordered has its instant already and cannot be seen yet: no later one may be told before it.
      if (this.#writing !== undefined) this.#tellAgain();
      else this.#tell().then(() => this.#tellAgain(), this.#finish);
    }, this.options.tellEveryMs);
  }
}
