import { Refusal } from '@ledger/domain';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** The config of a route whose answers take tenths of a second: reports and sums of a whole district. */
export const HEAVY = { heavy: true };

/** Of all people: they share one thread, and more of them at once would end no sooner. */
const MOST_AT_ONCE = 2;
const MOST_WAITING = 100;
/** A browser that opens the links of a report asks for some at once. */
const MOST_WAITING_OF_PERSON = 30;
const WAITS_MS = 20_000;

/** What the others have to wait for, so that light requests come between them. */
export interface HeavyReads {
  /** Resolves when it is the asker's turn, at once for what is not heavy (false); refuses what would wait too long. */
  turn(person: string, request: FastifyRequest, reply: FastifyReply): Promise<boolean>;
}

export function heavyReads(fastify: FastifyInstance): HeavyReads {
  const queue = new HeavyQueue();
  fastify.addHook('onSend', async (request) => queue.answered(request));
  return {
    turn: async (person, request, reply) => {
      if (!isHeavy(request)) return false;
      await queue.wait(person, request, reply);
      return true;
    },
  };
}

interface Waiting {
  readonly person: string;
  readonly request: FastifyRequest;
  begin(): void;
}

/** At most two heavy requests at once, one of a person; the others wait in the order in which they came. */
class HeavyQueue {
  #waiting: Waiting[] = [];
  readonly #working = new Map<FastifyRequest, () => void>();
  readonly #busy = new Set<string>();

  wait(person: string, request: FastifyRequest, { raw }: FastifyReply): Promise<void> {
    const met = this.#limitMet(person);
    if (raw.destroyed || met !== undefined) throw tooMany(met ?? MOST_AT_ONCE);
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting = this.#waiting.filter((each) => each !== waiting);
        reject(tooMany(MOST_AT_ONCE));
      };
      const late = setTimeout(leave, WAITS_MS).unref();
      const begin = (): void => {
        clearTimeout(late);
        raw.off('close', leave);
        this.#begin(person, request, raw);
        resolve();
      };
      const waiting = { person, request, begin };
      raw.once('close', leave);
      this.#waiting.push(waiting);
      this.#beginNext();
    });
  }

  /** The work is done, also where nobody takes its answer. The next begins when what came meanwhile has been looked at. */
  answered(request: FastifyRequest): void {
    const done = this.#working.get(request);
    if (done === undefined) return;
    setImmediate(() => {
      this.#working.delete(request);
      done();
      this.#beginNext();
    });
  }

  /** A person is busy until he has taken the answer: many answers that nobody takes would fill the memory. */
  #begin(person: string, request: FastifyRequest, raw: FastifyReply['raw']): void {
    this.#busy.add(person);
    let left = 2;
    const free = (): void => {
      if (--left > 0) return;
      this.#busy.delete(person);
      this.#beginNext();
    };
    this.#working.set(request, free);
    raw.once('close', free);
  }

  #beginNext(): void {
    while (this.#working.size < MOST_AT_ONCE) {
      const next = this.#waiting.find(({ person }) => !this.#busy.has(person));
      if (next === undefined) return;
      this.#waiting = this.#waiting.filter((each) => each !== next);
      next.begin();
    }
  }

  #limitMet(person: string): number | undefined {
    const own = this.#waiting.filter((each) => each.person === person).length;
    if (own >= MOST_WAITING_OF_PERSON) return MOST_WAITING_OF_PERSON;
    return this.#waiting.length >= MOST_WAITING ? MOST_WAITING : undefined;
  }
}

/** With the limit that was met. A full queue, and one that took too long, are not empty a second later. */
function tooMany(limit: number): Refusal {
  return new Refusal('TOO_MANY_AT_ONCE', { limit, waitSeconds: WAITS_MS / 1000 });
}

function isHeavy({ routeOptions }: FastifyRequest): boolean {
  return (routeOptions.config as Partial<typeof HEAVY> | undefined)?.heavy === true;
}
