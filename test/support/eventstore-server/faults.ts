export type CallKind = 'append' | 'batch-append' | 'read' | 'subscribe';

/** What befalls a call as a whole. */
export type CallFault =
  /** An append is answered as if somebody had written first, although nobody had; nothing is recorded. */
  | 'wrong-expected-revision'
  /** Refused before any effect: the node is not ready. */
  | 'unavailable'
  /** Another address leads from now on; nothing is recorded. */
  | 'not-leader'
  /** The node says that the time has passed, with the status DEADLINE_EXCEEDED. */
  | 'deadline-exceeded'
  /** The node gives up waiting for its followers, with the status ABORTED, as a real one answers it. */
  | 'timed-out'
  /** No answer ever comes. */
  | 'no-answer'
  /** The connection ends without a word. */
  | 'connection-cut';

/** What befalls a single event on its way to a reader. */
export type EventFault =
  /** It is delivered twice. */
  | 'duplicate-delivery'
  /** It takes its time: `delayMs`. */
  | 'slow-subscription'
  /** Instead of it the subscription ends, as when a node shuts down. */
  | 'subscription-dropped'
  /** Instead of it the connection ends. */
  | 'read-cut';

export interface Fault {
  name: CallFault | EventFault;
  /** The kinds of call it befalls; without it every kind that it can. */
  calls?: readonly CallKind[];
  /** The beginning of the names of the streams it befalls; a read of all of them is of `$all`. */
  streamPrefix?: string;
  /** So many calls (or events) that match go well before: 0. */
  after?: number;
  /** So many it befalls: 1, or any number when it lasts for a while. */
  times?: number;
  /** It is over after so long. */
  forMs?: number;
  /** Whether an append that is not answered as it should be is recorded all the same. */
  recorded?: boolean;
  delayMs?: number;
}

const APPENDS: readonly CallKind[] = ['append', 'batch-append'];
const READS: readonly CallKind[] = ['read', 'subscribe'];
const BEFALLS: Record<Fault['name'], readonly CallKind[]> = {
  'wrong-expected-revision': APPENDS,
  unavailable: [...APPENDS, ...READS],
  'not-leader': [...APPENDS, ...READS],
  'deadline-exceeded': [...APPENDS, ...READS],
  'timed-out': [...APPENDS, ...READS],
  'no-answer': [...APPENDS, ...READS],
  'connection-cut': [...APPENDS, ...READS],
  'duplicate-delivery': ['subscribe'],
  'slow-subscription': ['subscribe'],
  'subscription-dropped': ['subscribe'],
  'read-cut': READS,
};
const EVENT_FAULTS: readonly string[] = ['duplicate-delivery', 'slow-subscription', 'subscription-dropped', 'read-cut'];

interface Pending {
  fault: Fault;
  passes: number;
  left: number;
  until: number;
}

/** The faults that are to come. */
export class Faults {
  #pending: Pending[] = [];
  readonly #struck = new Map<string, number>();

  set(fault: Fault): void {
    const { name, after = 0, times = fault.forMs === undefined ? 1 : Infinity, forMs = Infinity } = fault;
    const impossible = fault.calls?.find((call) => !BEFALLS[name].includes(call));
    if (impossible !== undefined) throw new Error(`${name} cannot befall ${impossible}`);
    this.#pending.push({ fault, passes: after, left: times, until: Date.now() + forMs });
  }

  clear(): void {
    this.#pending = [];
  }

  /** How often a fault has befallen a call or an event since the start. */
  struck(name: Fault['name']): number {
    return this.#struck.get(name) ?? 0;
  }

  ofCall(call: CallKind, stream: string): (Fault & { name: CallFault }) | undefined {
    return this.#strike(call, stream, false) as (Fault & { name: CallFault }) | undefined;
  }

  ofEvent(call: CallKind, stream: string): (Fault & { name: EventFault }) | undefined {
    return this.#strike(call, stream, true) as (Fault & { name: EventFault }) | undefined;
  }

  #strike(call: CallKind, stream: string, ofEvent: boolean): Fault | undefined {
    if (this.#pending.length === 0) return undefined;
    this.#pending = this.#pending.filter(({ left, until }) => left > 0 && until > Date.now());
    for (const pending of this.#pending) {
      const { name, calls = BEFALLS[name], streamPrefix = '' } = pending.fault;
      if (EVENT_FAULTS.includes(name) !== ofEvent || !calls.includes(call) || !stream.startsWith(streamPrefix))
        continue;
      if (pending.passes-- > 0) continue;
      pending.left--;
      this.#struck.set(name, this.struck(name) + 1);
      return pending.fault;
    }
    return undefined;
  }
}
