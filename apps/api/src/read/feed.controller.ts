import { FoldedStreams } from '@ledger/commands';
import {
  codesOf,
  type DivisionRecoded,
  divisionStream,
  emptyDivisionTree,
  evolveDivisionTree,
  type Fact,
  isWithin,
  validDivisionCode,
} from '@ledger/domain';
import { placeOf } from '@ledger/views';
import { Controller, Get, Inject, type OnModuleDestroy, Query, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { exhaustMap, interval, merge, ReplaySubject } from 'rxjs';
import { seesAll, sightOfFacts } from '../access/facts-in-sight.js';
import { permitOf, renewedPermit } from '../access/permit.js';
import { atOnce } from '../boot/at-once.js';
import { RUNTIME, type Runtime } from '../boot/runtime.js';
import { wrongInput } from '../input.js';
import { Reads } from './documented.js';
import { feedStream } from './feed-stream.js';
import { FeedQuery } from './queries.js';

/** So long a feed goes on after its grant, session or token has ended. */
const RENEWED_EVERY_MS = 2_000;

const EVENT_STREAM = 'text/event-stream';
/** A browser keeps no more than six connections to a place; a program needs one. */
const FEEDS_AT_ONCE = 20;
const HEADERS = {
  'content-type': EVENT_STREAM,
  'cache-control': 'no-store',
  // A proxy that gathers would hold the facts back.
  'x-accel-buffering': 'no',
};

/** What is recorded, as it is recorded. */
@Controller('feed')
export class FeedReads implements OnModuleDestroy {
  readonly #closing = new ReplaySubject<void>(1);

  constructor(@Inject(RUNTIME) private readonly runtime: Runtime) {}

  @Get()
  @RouteConfig(atOnce(FEEDS_AT_ONCE))
  @Reads(FeedQuery, {
    summary: '实时事实流 · The facts as they are recorded, as server-sent events',
    answer: {
      type: 'string',
      description:
        '每条事实一个事件:id为位置,event为事实类型,data为与/events中一行相同的JSON。One event a fact: its position as id, its type as event, and as data the JSON of a row of /events.',
    },
    mediaType: EVENT_STREAM,
    headers: ['LastEventId'],
    refusals: ['DIVISION_CODE_INVALID', 'TOO_MANY_AT_ONCE'],
  })
  async feed(@Query() query: FeedQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const division = query.division === undefined ? undefined : validDivisionCode(query.division, 'division');
    const after = await this.#after(query, request.headers['last-event-id']);
    void reply.headers(HEADERS);
    // Fastify answers HEAD by reading what GET would send, and this never ends.
    if (request.method === 'HEAD') return void reply.send('');
    const codes = division === undefined ? undefined : await this.#codesOf(division);
    const { log, views } = this.runtime;
    let sees = sightOfFacts(permitOf(request), views.scopes);
    const isOfPlace = ofPlace(codes);
    const lapsed = new ReplaySubject<void>(1);
    const renewals = interval(RENEWED_EVERY_MS)
      .pipe(exhaustMap(() => renewedPermit(request)))
      .subscribe({ next: (permit) => (sees = sightOfFacts(permit, views.scopes)), error: () => lapsed.next() });
    const wanted = (fact: Fact): boolean => isOfPlace(fact) && (sees === seesAll || sees(placeOf(fact)));
    const stream = feedStream(log, { after, wanted, closing: merge(this.#closing, lapsed) });
    stream.once('close', () => renewals.unsubscribe());
    return void reply.send(stream);
  }

  /** A process that stops ends its feeds first, or it would wait for them. */
  onModuleDestroy(): void {
    this.#closing.next();
  }

  /** What is recorded of a division stands under whichever of its codes was true then, and no code is another's. */
  async #codesOf(division: string): Promise<Set<string>> {
    const kind = { empty: emptyDivisionTree, evolve: evolveDivisionTree };
    const { state } = await new FoldedStreams(this.runtime.log, 1).load(kind, divisionStream(division));
    return new Set([division, ...codesOf(state, division)]);
  }

  /** Whoever reconnects says in the header what it has, and asks again with the query of its first request. */
  async #after({ after }: FeedQuery, lastEventId: string | string[] | undefined): Promise<number> {
    const head = await this.runtime.log.head();
    const [field, text] = lastEventId === undefined ? ['after', after] : ['Last-Event-ID', lastEventId];
    if (text === undefined) return head;
    if (typeof text !== 'string' || !/^\d{1,15}$/.test(text)) {
      throw wrongInput(field, '应为位置(整数)', 'must be a position, a whole number');
    }
    if (Number(text) > head) {
      throw wrongInput(field, `超过账本最新位置${head}`, `is beyond the newest position of the ledger, ${head}`);
    }
    return Number(text);
  }
}

/** Facts of a division, of those below it, or that concern one of them; all of them without one. */
function ofPlace(codes: Set<string> | undefined): (fact: Fact) => boolean {
  return ({ type, division: own, concerns, data }) => {
    if (type === 'DivisionRecoded') addNewCode(codes, data as DivisionRecoded['data']);
    const touched = [own, ...concerns];
    return codes === undefined || touched.some((code) => [...codes].some((division) => isWithin(code, division)));
  };
}

/** A feed follows its division to a code that it is given while the feed is read. */
function addNewCode(codes: Set<string> | undefined, { oldCode, newCode, villages }: DivisionRecoded['data']): void {
  for (const changed of [{ oldCode, newCode }, ...villages]) {
    if (codes?.has(changed.oldCode) === true) codes.add(changed.newCode);
  }
}
