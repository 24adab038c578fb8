import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { DataFile } from './data-file.js';
import { type Decision, type Expected, decideAppend } from './decide-append.js';
import { type Frame, frameOf } from './frames.js';
import { LogIndex } from './log-index.js';
import { type ProposedEvent, type RecordedEvent, eventAt } from './record.js';
import { RememberedIds } from './remembered-ids.js';
import { metastreamOf } from './stream-metadata.js';
import { SystemEvents } from './system-events.js';

export interface StoreOptions {
  directory: string;
  /** Whether an append waits for the disk. */
  sync: boolean;
  deduplicate: boolean;
  /** Nodes before 22.6 do not tell where in the file an event stands that is read from its stream. */
  tellsPositions?: boolean;
}

export interface Append {
  stream: string;
  expected: Expected;
  events: readonly ProposedEvent[];
  /** The caller went away before its turn came: nothing is recorded. */
  cancelled?(): boolean;
}

export type Outcome =
  | { kind: 'success'; lastRevision: number; position: number | undefined }
  | { kind: 'wrong'; current: number }
  | { kind: 'deleted' }
  | { kind: 'cancelled' };

interface Waiting extends Append {
  answer(outcome: Outcome): void;
  fail(error: unknown): void;
}

const TICKS_PER_MILLISECOND = 10_000n;

/** The log of one node: appends decided one after the other and synced in groups, and reads by ordinal. */
export class EventStore {
  readonly index = new LogIndex();
  readonly #file: DataFile;
  readonly #ids: RememberedIds;
  readonly #system = new SystemEvents();
  readonly #growth = new EventEmitter().setMaxListeners(0);
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  /** Events decided in this round and not yet on the disk, by stream. */
  #round = new Map<string, (RecordedEvent & { length: number })[]>();

  constructor(private readonly options: StoreOptions) {
    this.#ids = new RememberedIds(options.deduplicate);
    this.#file = new DataFile(join(options.directory, 'events.log'), options.sync, (event) => this.#take(event));
  }

  get tellsPositions(): boolean {
    return this.options.tellsPositions !== false;
  }

  get cutOffBytes(): number {
    return this.#file.cutOffBytes;
  }

  /** Comes back when the events are on the disk and can be read, or are refused; several callers share one sync. */
  append(append: Append): Promise<Outcome> {
    return new Promise((answer, fail) => {
      this.#waiting.push({ ...append, answer, fail });
      this.#writing ??= this.#write().finally(() => (this.#writing = undefined));
    });
  }

  /** The events with these ordinals, in their order; neighbours are read in one go. */
  read(ordinals: readonly number[]): RecordedEvent[] {
    const events: RecordedEvent[] = [];
    for (let at = 0; at < ordinals.length;) {
      const end = this.#endOfRun(ordinals, at);
      const run = ordinals.slice(at, end);
      const [low, high] = [Math.min(run[0]!, run.at(-1)!), Math.max(run[0]!, run.at(-1)!)];
      const start = this.index.position(low);
      const bytes = this.#file.read(start, this.index.position(high) + this.index.length(high) - start);
      for (const ordinal of run) {
        const position = this.index.position(ordinal);
        events.push(eventAt(bytes, position - start, position));
      }
      at = end;
    }
    return events;
  }

  /** Comes back when the log has grown, or the signal says that nobody waits any more. */
  async grown(signal: AbortSignal): Promise<void> {
    await once(this.#growth, 'grown', { signal }).catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.#writing;
    this.#file.close();
  }

  async #write(): Promise<void> {
    // What arrives in the same turn shares a sync.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        await this.#writeGroup(group);
      } catch (error) {
        for (const waiting of group) waiting.fail(error);
      }
    }
  }

  async #writeGroup(group: readonly Waiting[]): Promise<void> {
    this.#round = new Map();
    const frames: Frame[] = [];
    let end = this.#file.size;
    const place = (stream: string, events: readonly ProposedEvent[]): Frame => {
      const frame = this.#frame(stream, events, end);
      frames.push(frame);
      end += frame.bytes.length;
      return frame;
    };
    const outcomes = group.map((append): Outcome => {
      if (append.cancelled?.() === true) return { kind: 'cancelled' };
      const decision = this.#decide(append);
      if (decision.kind !== 'record') return this.#refusalOrRepetition(append.stream, decision);
      for (const { stream, events } of this.#system.due(this.index.count === 0 && frames.length === 0))
        place(stream, events);
      if (append.events.length === 0) return this.#answered(append.stream, this.#lastRevision(append.stream));
      const last = place(append.stream, append.events).events.at(-1)!;
      return { kind: 'success', lastRevision: last.revision, position: last.position };
    });
    if (frames.length > 0) await this.#file.append(Buffer.concat(frames.map(({ bytes }) => bytes)));
    for (const frame of frames) for (const event of frame.events) this.#take(event);
    this.#round = new Map();
    for (const [index, waiting] of group.entries()) waiting.answer(outcomes[index]!);
    if (frames.length > 0) this.#growth.emit('grown');
  }

  #decide({ stream, expected, events }: Append): Decision {
    const idAt = (revision: number): string | undefined => this.#eventOf(stream, revision)?.id;
    const found = {
      lastRevision: this.#lastRevision(stream),
      hasMetadata: this.#lastRevision(metastreamOf(stream)) >= 0,
      isSoftDeleted: this.index.isSoftDeleted(stream),
      idAt,
      revisionOf: (id: string) => this.#ids.revision(stream, id),
    };
    return decideAppend(
      expected,
      events.map(({ id }) => id),
      found,
      this.options.deduplicate,
    );
  }

  #refusalOrRepetition(stream: string, decision: Exclude<Decision, { kind: 'record' }>): Outcome {
    return decision.kind === 'repeated' ? this.#answered(stream, decision.lastRevision) : decision;
  }

  #answered(stream: string, lastRevision: number): Outcome {
    const position = lastRevision < 0 ? undefined : this.#eventOf(stream, lastRevision)?.position;
    return { kind: 'success', lastRevision, position };
  }

  #frame(stream: string, events: readonly ProposedEvent[], start: number): Frame {
    const created = BigInt(Date.now()) * TICKS_PER_MILLISECOND;
    const first = this.#lastRevision(stream) + 1;
    const recorded = events.map((event, index) => ({ ...event, stream, revision: first + index, created }));
    const frame = frameOf(recorded, start);
    const before = this.#round.get(stream);
    if (before) before.push(...frame.events);
    else this.#round.set(stream, [...frame.events]);
    this.#ids.remember(frame.events);
    return frame;
  }

  #lastRevision(stream: string): number {
    return this.index.lastRevision(stream) + (this.#round.get(stream)?.length ?? 0);
  }

  #eventOf(stream: string, revision: number): RecordedEvent | undefined {
    const ordinal = this.index.ordinal(stream, revision);
    if (ordinal !== undefined) return this.read([ordinal])[0];
    return this.#round.get(stream)?.[revision - this.index.lastRevision(stream) - 1];
  }

  #take(event: RecordedEvent & { length: number }): void {
    this.index.add(event);
    this.#system.seen(event);
    this.#ids.remember([event]);
  }

  /** Records that lie near each other are one run; a run is read whole, so it is kept below a megabyte. */
  #endOfRun(ordinals: readonly number[], at: number): number {
    let end = at + 1;
    const start = this.index.position(ordinals[at]!);
    while (end < ordinals.length && Math.abs(ordinals[end]! - ordinals[end - 1]!) <= 16) {
      if (Math.abs(this.index.position(ordinals[end]!) - start) > 1_048_576) break;
      end++;
    }
    return end;
  }
}
