import { type LocalDate, Refusal, shanghaiDate } from '@ledger/domain';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RUNTIME, type Runtime } from '../boot/runtime.js';
import { wrongInput } from '../input.js';
import { instantOf, type AtQuery } from './queries.js';
import { Standstill } from './standstill.js';

/** Both times of a read, resolved: a day, and a position at which an append was whole and the views are current. */
export interface Moment {
  readonly asOf: LocalDate;
  readonly knownAt: number;
}

/** How long a read waits for the views to reach what it asks for. */
const MAX_WAIT_MS = 5_000;
/** The views are a few milliseconds behind; a read that asks for nothing special gives them a moment to arrive. */
const SHORT_WAIT_MS = 250;

@Injectable()
export class Moments {
  readonly #standstill = new Standstill();

  constructor(@Inject(RUNTIME) private readonly runtime: Runtime) {}

  /** Refuses times that have not come; waits for the views, or answers 503 with how far they are. */
  async resolve(query: AtQuery, request: FastifyRequest): Promise<Moment> {
    const { log, projector } = this.runtime;
    const asOf = query.asOf ?? shanghaiDate(log.now());
    const least = minPosition(request.headers['ledger-min-position']);
    const head = await log.head();
    if (least > head) throw new Refusal('KNOWN_AT_IN_FUTURE', { knownAt: String(least), head }, 'Ledger-Min-Position');
    if (query.knownAt === undefined) {
      if (least > 0) await this.#wait(least);
      // Views that stand still are not "the newest", and nobody who asks for now should take them for it.
      else if (!(await projector.reached(head, SHORT_WAIT_MS)) && this.#standStill()) this.#refuseBehind(head);
      return { asOf, knownAt: Math.min(projector.checkpoint, head) };
    }
    const knownAt = await this.position(query.knownAt);
    await this.#wait(Math.max(knownAt, least));
    return { asOf, knownAt };
  }

  /** The moment of what was recorded just now. It is on record already: no header of the request can refuse it any more. */
  async after(position: number): Promise<Moment> {
    await this.#wait(position);
    return { asOf: shanghaiDate(this.runtime.log.now()), knownAt: position };
  }

  /** The position that a `knownAt` names: the last whole append at or before it, once that is certain. */
  async position(knownAt: string, field: 'knownAt' | 'since' = 'knownAt'): Promise<number> {
    const { log } = this.runtime;
    const head = await log.head();
    if (/^\d+$/.test(knownAt)) {
      if (Number(knownAt) > head) throw new Refusal('KNOWN_AT_IN_FUTURE', { knownAt, head }, field);
      return log.wholeAt(Number(knownAt));
    }
    const instantMs = instantOf(knownAt);
    // Something may yet be recorded in the present millisecond, and the answer would not last.
    if (instantMs >= log.now()) throw new Refusal('KNOWN_AT_IN_FUTURE', { knownAt, head }, field);
    return log.positionAt(instantMs);
  }

  async #wait(position: number): Promise<void> {
    const { projector } = this.runtime;
    if (await projector.reached(position, projector.failure === undefined ? MAX_WAIT_MS : 0)) return;
    this.#refuseBehind(position);
  }

  /** Where others keep the views, nobody says that they have stopped. */
  #standStill(): boolean {
    const { failure, checkpoint } = this.runtime.projector;
    return this.#standstill.seenBehind(checkpoint, performance.now()) || failure !== undefined;
  }

  #refuseBehind(wanted: number): never {
    throw new Refusal('VIEW_BEHIND', { wanted, reached: this.runtime.projector.checkpoint });
  }
}

function minPosition(header: string | string[] | undefined): number {
  if (header === undefined) return 0;
  if (typeof header === 'string' && /^\d{1,15}$/.test(header)) return Number(header);
  throw wrongInput('Ledger-Min-Position', '应为位置(整数)', 'must be a position, a whole number');
}
