import { levelOf, Refusal } from '@ledger/domain';
import type { Identity } from '@ledger/identity';
import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { mayEverything, permitOf } from '../access/permit.js';
import { RUNTIME, type Runtime } from '../boot/runtime.js';
import { Reads } from '../read/documented.js';
import { cursorAt, cursorPosition, limitOf } from '../read/queries.js';
import { count, list, next, object, orNull, text } from '../read/schemas.js';
import { AccessRecordQuery } from './queries.js';
import { at } from './schemas.js';

const row = object({
  number: count,
  at: { type: 'string', format: 'date-time' },
  account: { ...orNull(text), description: '账号,未知为null · null where it is not known' },
  address: text,
  operation: { ...text, description: '操作(operationId) · what was asked for' },
  what: { ...text, description: '发生了什么 · what happened, such as denied or logged-in' },
  about: {
    ...orNull(text),
    description:
      '涉及的他人账号、农户,或被拒绝的请求所指的编号 · whom it is about, where that is somebody else, or what a denied request named',
  },
  code: { ...orNull(text), description: '拒绝代码 · the code of the refusal' },
  count: { ...count, description: '该分钟内的次数 · how often within that minute' },
});

/** Who was let in, who was not, and what was done to accounts. */
@Controller('access-record')
export class AccessRecordController {
  readonly #record: Identity['record'];

  constructor(@Inject(RUNTIME) { identity }: Runtime) {
    this.#record = identity.record;
  }

  @Get()
  @Reads(AccessRecordQuery, {
    summary: '访问记录 · The record of access, the newest first',
    answer: object({ rows: list(row), next }),
    refusals: ['GRANT_TOO_NARROW'],
  })
  page(@Query() query: AccessRecordQuery, @Req() request: FastifyRequest) {
    refuseNarrow(request);
    const { after, account, about } = query;
    const limit = limitOf(query);
    const before = after === undefined ? Number.MAX_SAFE_INTEGER : (cursorPosition(after) ?? 0);
    const found = this.#record.before(before, limit + 1, { account, about });
    const rows = found.slice(0, limit);
    const last = found.length > limit ? rows.at(-1) : undefined;
    return {
      rows: rows.map(({ atMs, ...recorded }) => ({ ...recorded, at: at(atMs) })),
      next: last === undefined ? null : cursorAt(last.number),
    };
  }
}

/** Who asked for what is recorded without a place, so it is for those who look into the whole district. */
function refuseNarrow(request: FastifyRequest): void {
  const permit = permitOf(request);
  if (mayEverything(permit) || permit.grants.some(({ division }) => levelOf(division) === 'district')) return;
  throw new Refusal('GRANT_TOO_NARROW', { needs: 'district' });
}
