import { commandIdOf, type FactDraft, fingerprintOf } from '@ledger/domain';
import type { EventLog } from '@ledger/eventlog';

/** Appends what was decided, each as a command of its own, and keeps the log's clock where the story is. */
export class Recorder {
  #commands = 0;
  #bytes: number[] = [];
  facts = 0;

  constructor(
    public log: EventLog,
    private readonly name: string,
  ) {}

  /** Returns the revision that the stream has then. */
  async record(stream: string, expectedRevision: number, facts: readonly FactDraft[]): Promise<number> {
    const command = ++this.#commands;
    const appended = await this.log.append({
      stream,
      expectedRevision,
      facts,
      by: { actor: 'operator', commandId: commandIdOf(this.name, String(command)) },
      fingerprint: fingerprintOf(stream, command),
    });
    this.facts += facts.length;
    if (command % 64 === 0) for (const fact of appended.facts) this.#bytes.push(Buffer.byteLength(fact));
    return appended.receipt.revision;
  }

  /** The median size of a sample of the facts. */
  medianBytes(): number {
    return this.#bytes.toSorted((a, b) => a - b)[this.#bytes.length >> 1] ?? 0;
  }
}

/** A clock that the generator sets to the day of its story, never ahead of the real one. */
export class StoryClock {
  #nowMs = 0;

  now(): number {
    return Math.min(this.#nowMs, Date.now());
  }

  /** Nine in the morning in Shanghai. */
  morningOf(day: string): void {
    this.#nowMs = Date.parse(`${day}T09:00:00+08:00`);
  }
}
