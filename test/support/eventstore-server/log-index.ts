import { NumberList } from './number-list.js';
import type { RecordedEvent } from './record.js';
import { DELETED, type Retention, isMetastream, originalOf, retentionOf } from './stream-metadata.js';

/** Where every event lies, by its order in the whole log and by stream and revision: numbers only, never data. */
export class LogIndex {
  readonly #positions = new NumberList(Float64Array);
  readonly #lengths = new NumberList(Uint32Array);
  readonly #streamNumbers = new NumberList(Uint32Array);
  readonly #typeNumbers = new NumberList(Uint32Array);
  readonly #streams = new Numbered();
  readonly #types = new Numbered();
  /** By stream number, the ordinals of its events by revision. */
  readonly #ordinals: number[][] = [];
  readonly #retentions = new Map<string, Retention>();

  /** How many events the log has; their ordinals are the numbers below it. */
  get count(): number {
    return this.#positions.length;
  }

  add(event: RecordedEvent & { length: number }): void {
    const streamNumber = this.#streams.numberOf(event.stream);
    const ordinals = (this.#ordinals[streamNumber] ??= []);
    if (ordinals.length !== event.revision)
      throw new Error(`revision ${event.revision} of ${event.stream} out of order`);
    ordinals.push(this.count);
    this.#positions.push(event.position);
    this.#lengths.push(event.length);
    this.#streamNumbers.push(streamNumber);
    this.#typeNumbers.push(this.#types.numberOf(event.type));
    if (isMetastream(event.stream)) this.#retentions.set(originalOf(event.stream), retentionOf(event));
  }

  /** The revision of the last event, -1 for a stream without any. */
  lastRevision(stream: string): number {
    return this.#ordinalsOf(stream).length - 1;
  }

  ordinal(stream: string, revision: number): number | undefined {
    return this.#ordinalsOf(stream)[revision];
  }

  /** The first revision that a read may still show. */
  firstReadable(stream: string): number {
    const { maxCount, truncateBefore = 0 } = this.#retention(stream);
    const kept = maxCount === undefined ? 0 : this.lastRevision(stream) - maxCount + 1;
    return Math.max(0, kept, truncateBefore);
  }

  isSoftDeleted(stream: string): boolean {
    return (this.#retention(stream).truncateBefore ?? 0) >= DELETED;
  }

  position(ordinal: number): number {
    return this.#positions.at(ordinal);
  }

  length(ordinal: number): number {
    return this.#lengths.at(ordinal);
  }

  streamAt(ordinal: number): string {
    return this.#streams.names[this.#streamNumbers.at(ordinal)] ?? '';
  }

  typeAt(ordinal: number): string {
    return this.#types.names[this.#typeNumbers.at(ordinal)] ?? '';
  }

  /** The ordinal of the first event at or after a position; the count when there is none. */
  firstAtOrAfter(position: number): number {
    return this.#positions.firstNotBelow(position);
  }

  #ordinalsOf(stream: string): number[] {
    const number = this.#streams.known(stream);
    return number === undefined ? [] : (this.#ordinals[number] ?? []);
  }

  // Of metadata, a node shows only the newest.
  #retention(stream: string): Retention {
    return isMetastream(stream) ? { maxCount: 1 } : (this.#retentions.get(stream) ?? {});
  }
}

/** Names, each with a small number of its own. */
class Numbered {
  readonly names: string[] = [];
  readonly #numbers = new Map<string, number>();

  known(name: string): number | undefined {
    return this.#numbers.get(name);
  }

  numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.names.length);
    return this.names.push(name) - 1;
  }
}
