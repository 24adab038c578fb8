import { headWithin } from '@ledger/eventlog';
import { Controller, Get, HttpCode, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Open } from './access/access-guard.js';
import type { Config } from './boot/config.js';
import { refuseQuery } from './boot/shapes.js';
import { CONFIG, RUNTIME, type Runtime } from './boot/runtime.js';

/** Lag above which this process should not get requests; a view this far behind answers old figures. */
const MAX_LAG = 10_000;

const MAX_REASONS = 10;
/** A store that does not answer is waited for no longer: a balancer gives up after a few seconds. */
const ANSWER_WITHIN_MS = 2_000;

@Open()
@Controller('health')
export class HealthController {
  constructor(
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(CONFIG) private readonly config: Pick<Config, 'access'>,
  ) {}

  @Get('live')
  @HttpCode(200)
  live(@Req() request: FastifyRequest) {
    refuseQuery(request.query as object);
    return { status: 'ok' };
  }

  @Get('ready')
  async ready(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    refuseQuery(request.query as object);
    const { log, projector, bookings } = this.runtime;
    // Whoever asks decides by the time that it takes, too.
    const head = await headWithin(log, ANSWER_WITHIN_MS);
    const lag = head === undefined ? 0 : Math.max(0, head - projector.checkpoint);
    const ready = head !== undefined && projector.failure === undefined && lag <= MAX_LAG;
    void reply.status(ready ? 200 : 503);
    const untold = bookings?.untold ?? [];
    const reasons = [
      ...(head === undefined ? ['the log does not answer'] : []),
      ...(projector.failure === undefined ? [] : ['projector stopped; see the log of this process']),
      ...(lag <= MAX_LAG ? [] : [`the views are ${lag} facts behind`]),
      ...untold.map(({ position, code }) => `the booking that fact ${position} asks for cannot be told: ${code}`),
    ];
    // What is not told hurts one project or asset; everything else is served.
    const status = ready ? (untold.length === 0 ? 'ok' : 'degraded') : 'unavailable';
    // Nobody has said who he is: where there are accounts, how much is recorded is not for him.
    if (this.config.access === 'accounts') return { status };
    return {
      status,
      checkpoint: projector.checkpoint,
      generation: projector.generation,
      ...(head !== undefined && { head, lag }),
      ...(head !== undefined && bookings && { bookingsLag: Math.max(0, head - bookings.position) }),
      ...(reasons.length > 0 && { reason: reasons.slice(0, MAX_REASONS).join('; ') }),
    };
  }
}
