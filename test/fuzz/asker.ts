import { setTimeout as sleep } from 'node:timers/promises';
import { commandIdOf } from '@ledger/domain';
import { type Conformance, parsed } from './conformance.js';
import { isRead, type Json, type Operation } from './operations.js';
import type { Acknowledged, Recorded } from './recorded.js';
import { asCurl, type Request, type Sent, sentAs } from './request.js';
import type { Credential, Staff } from './staff.js';
import type { Tally } from './tally.js';

export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly body: Json;
}

const MAX_ANSWER_MS = 30_000;
const FEED_MS = 20;

/** Sends requests one after the other, judges every answer and what it left in the log, and keeps what was acknowledged. */
export class Asker {
  readonly #credentials = new Map<string, Credential>();
  #keys = 0;

  constructor(
    readonly url: string,
    /** Whoever asks where a request does not say it. */
    public staff: Staff,
    private readonly conformance: Conformance,
    readonly tally: Tally,
    private readonly recorded: Recorded,
    private readonly acknowledged: Acknowledged,
  ) {}

  /** From now on what he sends counts as sent with a valid token. */
  letIn(credential: Credential): void {
    this.#credentials.set(credential.authorization, credential);
  }

  letOut({ authorization }: Credential): void {
    this.#credentials.delete(authorization);
  }

  /** A request of whoever may do it, under a key that none had before. */
  request(operation: Operation, { headers, ...more }: Partial<Request> = {}): Request {
    return {
      operation,
      path: {},
      query: [],
      headers: { ...(operation.isWrite && { 'idempotency-key': `key-${++this.#keys}` }), ...headers },
      ...(operation.open ? {} : { authorization: this.staff.asks(operation).authorization }),
      ...more,
    };
  }

  /**
   * Throws, with the request as a command to run again, when the answer is not one that the document promises. One that is
   * asked until something is so does not count, for how often that is depends on the machine.
   */
  async ask(request: Request, counts: 'counts' | 'waits' = 'counts'): Promise<Answered> {
    const sent = sentAs(request);
    const response = await fetch(this.url + sent.target, {
      method: sent.method,
      headers: sent.headers,
      ...(sent.body === undefined ? {} : { body: Buffer.from(sent.body as string) }),
      signal: AbortSignal.timeout(MAX_ANSWER_MS),
    }).catch((error: unknown) => this.#wrong(sent, `no answer: ${String(error)}`));
    const contentType = response.headers.get('content-type') ?? '';
    const body = contentType.startsWith('text/event-stream') ? await begun(response) : await whole(response);
    const { status } = response;
    const asker = this.#credentials.get(request.authorization ?? '');
    if (counts === 'counts') this.tally.add(request.operation, status, asker !== undefined);
    const left = await this.recorded.since();
    if (left.length > 0 && (status >= 400 || isRead(request.operation)))
      return this.#wrong(sent, `answered ${status} and left ${left.join(', ')} in the log`);
    const text = body.toString();
    const answer = { status, text, body: (contentType.includes('json') && (parsed(body) as Json)) || {} };
    this.#note(request, asker, answer);
    const wrong = this.conformance(request.operation, { status, contentType, body });
    if (wrong !== undefined) return this.#wrong(sent, `${wrong}\n${status} ${text.slice(0, 1000)}`);
    return answer;
  }

  /** The same for what must be accepted. */
  async accepted(request: Request): Promise<Answered> {
    const answer = await this.ask(request);
    if (answer.status >= 300)
      return this.#wrong(sentAs(request), `should be accepted: ${answer.status} ${answer.text}`);
    return answer;
  }

  #note({ operation, headers }: Request, asker: Credential | undefined, { status, body }: Answered): void {
    if (status >= 300 || isRead(operation) || asker === undefined) return;
    const key = headers['idempotency-key'];
    // What is submitted is not acknowledged before somebody else has signed it.
    if (operation.isWrite && key !== undefined && status !== 202)
      this.acknowledged.commands.add(commandIdOf(asker.principal, key));
    if (!('position' in body)) return;
    for (const { id } of body['facts'] as readonly { id?: string }[]) if (id) this.acknowledged.facts.add(id);
  }

  #wrong(sent: Sent, what: string): never {
    throw new Error(`${asCurl(this.url, sent)}\n${what}`);
  }
}

async function whole(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}

/** What a feed says first; it never ends by itself. */
async function begun(response: Response): Promise<Buffer> {
  const reader = response.body?.getReader();
  const first = await Promise.race([reader?.read(), sleep(FEED_MS)]);
  await reader?.cancel();
  return Buffer.from(first?.value ?? []);
}
