import type { RecordedEvent } from './record.js';

const REMEMBERED = 100_000;

/** The ids of the newest events, as many as a node keeps in mind; none at all where it shall not know them again. */
export class RememberedIds {
  readonly #revisions = new Map<string, number>();

  constructor(private readonly remembers: boolean) {}

  revision(stream: string, id: string): number | undefined {
    return this.#revisions.get(`${id} ${stream}`);
  }

  remember(events: readonly Pick<RecordedEvent, 'id' | 'stream' | 'revision'>[]): void {
    if (!this.remembers) return;
    for (const { id, stream, revision } of events) this.#revisions.set(`${id} ${stream}`, revision);
    while (this.#revisions.size > REMEMBERED) {
      const [oldest] = this.#revisions.keys();
      this.#revisions.delete(oldest!);
    }
  }
}
