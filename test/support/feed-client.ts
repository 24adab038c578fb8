import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { TOKEN } from './running-ledger.js';

export interface FeedEvent {
  readonly id: number;
  readonly event: string;
  readonly data: { position: number; recordedAt: string; leaf: string; fact: string };
}

/** A client of the feed that reads server-sent events as the HTML standard says, and can stop reading for a while. */
export class FeedClient {
  readonly events: FeedEvent[] = [];
  readonly comments: string[] = [];
  lastEventId = '';
  #text = '';
  #changed: () => void = () => undefined;

  private constructor(readonly response: IncomingMessage) {
    response.setEncoding('utf8');
    response.on('data', (text: string) => this.#take(text));
    // A connection that breaks is seen by its end.
    response.on('error', () => undefined);
    response.on('close', () => this.#changed());
  }

  static async open(url: string, query = '', headers: Record<string, string> = {}): Promise<FeedClient> {
    const asked = get(`${url}/api/v1/feed${query}`, {
      agent: false,
      headers: { authorization: `Bearer ${TOKEN}`, accept: 'text/event-stream', ...headers },
    });
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    return new FeedClient(response);
  }

  /** Waits until so many events are there, and gives them. */
  async atLeast(count: number, withinMs = 10_000): Promise<readonly FeedEvent[]> {
    const deadline = Date.now() + withinMs;
    while (this.events.length < count) {
      const leftMs = deadline - Date.now();
      if (leftMs <= 0 || this.response.destroyed) {
        throw new Error(`${this.events.length} of ${count} events came`);
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(leftMs, 100));
        this.#changed = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return this.events;
  }

  get positions(): number[] {
    return this.events.map(({ id }) => id);
  }

  close(): void {
    this.response.destroy();
  }

  #take(text: string): void {
    this.#text += text;
    const blocks = this.#text.split('\n\n');
    this.#text = blocks.pop() ?? '';
    for (const block of blocks) this.#dispatch(block.split('\n'));
    this.#changed();
  }

  #dispatch(lines: readonly string[]): void {
    const fields = new Map<string, string>();
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
      if (name === '') this.comments.push(value);
      else fields.set(name, value);
    }
    this.lastEventId = fields.get('id') ?? this.lastEventId;
    const data = fields.get('data');
    if (data === undefined) return;
    this.events.push({
      id: Number(this.lastEventId),
      event: fields.get('event') ?? 'message',
      data: JSON.parse(data) as FeedEvent['data'],
    });
  }
}
