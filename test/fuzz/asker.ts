import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandIdOf } from '@ledger/domain';
import type { Conformance } from './conformance.js';
import type { Operation } from './operations.js';
import { asCurl, type Request, type Sent, sentAs } from './request.js';
import type { Tally } from './tally.js';

export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Who may ask: the header of one who is let in, and the name under which the ledger knows him. */
export interface Credential {
  readonly authorization: string;
  readonly principal: string;
}

const MAX_ANSWER_MS = 30_000;
const FEED_MS = 20;

/** Sends requests one after the other, judges every answer, and keeps what became of every command. */
export class Asker {
  /** Ids of the commands that were acknowledged, and of those that were refused. */
  readonly acknowledged = new Set<string>();
  readonly refused = new Set<string>();

  constructor(
    readonly url: string,
    private readonly credentials: Credential[],
    private readonly conformance: Conformance,
    readonly tally: Tally,
  ) {}

  /** From now on what he sends counts as sent with a valid token. */
  letIn(credential: Credential): void {
    this.credentials.push(credential);
  }

  /** A request of the first who may ask. */
  request(operation: Operation, { headers, ...more }: Partial<Request> = {}): Request {
    return {
      operation,
      path: {},
      query: [],
      headers: { ...(operation.isWrite && { 'idempotency-key': randomUUID() }), ...headers },
      ...(operation.open || this.credentials[0] === undefined
        ? {}
        : { authorization: this.credentials[0].authorization }),
      ...more,
    };
  }

  /** Throws, with the request as a command to run again, when the answer is not one that the document promises. */
  async ask(request: Request): Promise<Answered> {
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
    const asker = this.credentials.find(({ authorization }) => authorization === request.authorization);
    this.tally.add(request.operation, status, asker !== undefined);
    this.#note(request, asker, status);
    const wrong = this.conformance(request.operation, { status, contentType, body });
    if (wrong !== undefined) return this.#wrong(sent, `${wrong}\n${status} ${body.toString().slice(0, 1000)}`);
    const text = body.toString();
    return { status, text, body: contentType.includes('json') ? (JSON.parse(text || '{}') as Answered['body']) : {} };
  }

  /** The same for what must be accepted. */
  async accepted(request: Request): Promise<Answered> {
    const answer = await this.ask(request);
    if (answer.status >= 300)
      return this.#wrong(sentAs(request), `should be accepted: ${answer.status} ${answer.text}`);
    return answer;
  }

  #note({ operation, headers }: Request, asker: Credential | undefined, status: number): void {
    const key = headers['idempotency-key'];
    if (!operation.isWrite || key === undefined || asker === undefined) return;
    const commandId = commandIdOf(asker.principal, key);
    // What is submitted is neither, before somebody else has signed it.
    if (status === 202) return;
    if (status < 300) this.acknowledged.add(commandId);
    else this.refused.add(commandId);
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
