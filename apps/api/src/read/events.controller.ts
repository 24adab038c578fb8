import { Controller, Get, Inject, Query } from '@nestjs/common';
import { type RecordedFact, wholeAppends } from '@ledger/eventlog';
import { RUNTIME, type Runtime } from '../boot/runtime.js';
import { eventOf } from './answers.js';
import { Reads } from './documented.js';
import { Moments } from './moments.js';
import { cursorAt, cursorPosition, EventsQuery } from './queries.js';
import { eventRow, list, object } from './schemas.js';

const DEFAULT_LIMIT = 100;
const MAX_PAGE_CHARACTERS = 2_000_000;

/** The facts themselves, exactly as stored, for auditors and for whoever keeps a copy. */
@Controller('events')
export class EventReads {
  constructor(
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(Moments) private readonly moments: Moments,
  ) {}

  @Get()
  @Reads(EventsQuery, {
    summary: '事实流 · The facts in the order of the ledger, exactly as stored',
    answer: object({
      knownAt: { type: 'integer' },
      rows: list(eventRow),
      next: { type: 'string', description: '下一页的游标 · the cursor for what comes after' },
    }),
    refusals: [],
  })
  async events(@Query() query: EventsQuery) {
    const { log } = this.runtime;
    const after = query.after === undefined ? 0 : (cursorPosition(query.after) ?? 0);
    const limit = Number(query.limit ?? DEFAULT_LIMIT);
    const knownAt = query.knownAt === undefined ? await log.head() : await this.moments.position(query.knownAt);
    const page = await log.readAfter(after, Math.max(0, Math.min(limit, knownAt - after)));
    const fitting = upToBytes(page);
    // A page ends where an append ends, unless one append is larger than the page.
    const whole = wholeAppends(fitting);
    const facts = whole.length > 0 ? whole : fitting;
    return {
      knownAt,
      rows: facts.map(eventOf),
      next: cursorAt(facts.at(-1)?.position ?? after),
    };
  }
}

/** The facts that fit into a page, at least one: a page of the largest facts would hold up everybody else. */
function upToBytes(page: readonly RecordedFact[]): readonly RecordedFact[] {
  let characters = 0;
  const end = page.findIndex(({ fact }, index) => (characters += fact.length) > MAX_PAGE_CHARACTERS && index > 0);
  return end === -1 ? page : page.slice(0, end);
}
