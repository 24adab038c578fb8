import { randomUUID } from 'node:crypto';
import type { ProposedEvent, RecordedEvent } from './record.js';

interface SystemAppend {
  stream: string;
  events: ProposedEvent[];
}

const STATISTICS = '$stats-127.0.0.1:2113';
const APPENDS_BETWEEN = 7;

/** What a node writes of its own: some of it when it is new, its statistics every now and then, between the events of others. */
export class SystemEvents {
  #appends = 0;
  #hasStatistics = false;

  due(isNew: boolean): SystemAppend[] {
    if (isNew) return [{ stream: '$users', events: [system('$User', { loginName: 'ops' })] }, ...this.#statistics()];
    this.#appends++;
    return this.#appends % APPENDS_BETWEEN === 0 ? this.#statistics() : [];
  }

  seen({ stream }: Pick<RecordedEvent, 'stream'>): void {
    if (stream === STATISTICS) this.#hasStatistics = true;
  }

  #statistics(): SystemAppend[] {
    const metadata = {
      stream: `$$${STATISTICS}`,
      events: [system('$metadata', { $maxAge: 86_400, $maxCount: 1_000 })],
    };
    const statistics = {
      stream: STATISTICS,
      events: [system('$statsCollected', { 'proc-mem': process.memoryUsage.rss() })],
    };
    if (this.#hasStatistics) return [statistics];
    this.#hasStatistics = true;
    return [metadata, statistics];
  }
}

function system(type: string, data: object): ProposedEvent {
  return { id: randomUUID(), type, isJson: true, data: Buffer.from(JSON.stringify(data)), metadata: Buffer.alloc(0) };
}
