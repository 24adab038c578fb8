import { setImmediate } from 'node:timers/promises';
import { thaw } from '@ledger/domain';
import type { EventLog, RecordedFact } from '@ledger/eventlog';
import { placeOf } from '@ledger/views';
import { type FactSight, seesAll } from '../access/facts-in-sight.js';

export interface EventPage {
  readonly facts: readonly RecordedFact[];
  /** The last position that was looked at: where the next page goes on. */
  readonly reached: number;
}

export interface EventsWanted {
  readonly after: number;
  readonly knownAt: number;
  readonly limit: number;
  readonly sees: FactSight;
}

const MAX_PAGE_CHARACTERS = 2_000_000;
/** Who sees little of a long ledger gets short pages rather than long waits. */
const MAX_LOOKED_AT = 10_000;
const LOOKED_AT_ONCE = 1_000;

/** The facts that somebody may see, page by page; a page ends where an append ends, unless one is larger than the page. */
export async function eventPage(log: Pick<EventLog, 'readAfter'>, wanted: EventsWanted): Promise<EventPage> {
  const { after, knownAt, limit, sees } = wanted;
  const facts: RecordedFact[] = [];
  let characters = 0;
  let reached = after;
  let whole = { facts: 0, reached: after };
  const page = (): EventPage =>
    whole.reached > after ? { facts: facts.slice(0, whole.facts), reached: whole.reached } : { facts, reached };
  const atOnce = sees === seesAll ? limit + 1 : LOOKED_AT_ONCE;
  while (reached < knownAt && reached - after < MAX_LOOKED_AT) {
    const next = await log.readAfter(reached, Math.min(atOnce, knownAt - reached));
    for (const recorded of next) {
      if (sees === seesAll || sees(placeOf(thaw(recorded.fact)))) {
        characters += recorded.fact.length;
        if (facts.length === limit || (facts.length > 0 && characters > MAX_PAGE_CHARACTERS)) return page();
        facts.push(recorded);
      }
      reached = recorded.position;
      if (recorded.remaining === 0) whole = { facts: facts.length, reached };
    }
    if (next.length === 0) break;
    // A page is long work for one turn; others have theirs between.
    await setImmediate();
  }
  return page();
}
