import { refusePersonalData } from '@ledger/domain';
import type { Identity } from '@ledger/identity';
import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { permitOf } from '../access/permit.js';
import { Acts } from '../acts.js';
import { RUNTIME, type Runtime } from '../boot/runtime.js';
import { Reads } from '../read/documented.js';
import { list, object, text } from '../read/schemas.js';
import { askedBy, reachOf, sessionOf } from './asked-by.js';
import { TokensQuery } from './queries.js';
import { CreateToken } from './requests.js';
import { tokenAnswer, tokenRow } from './schemas.js';

/** Tokens by which programs act for an account. */
@Controller('tokens')
export class TokensController {
  readonly #identity: Identity;

  constructor(@Inject(RUNTIME) { identity }: Runtime) {
    this.#identity = identity;
  }

  @Post()
  @Acts({
    name: 'createToken',
    summary: '新建接口令牌 · Make an API token for oneself; it is shown only now',
    takes: { body: CreateToken, example: { name: '月报下载', to: '2027-01-31' } },
    answer: object({ token: text, apiToken: tokenRow }),
    status: 201,
    refusals: ['API_TOKEN_DAY', 'API_TOKEN_LIMIT', 'PERSONAL_DATA_IN_TEXT', 'SESSION_REQUIRED', 'ACCOUNTS_NOT_IN_USE'],
  })
  make(@Body() { name, to }: CreateToken, @Req() request: FastifyRequest) {
    sessionOf(request);
    refusePersonalData({ name });
    const { token, apiToken } = this.#identity.makeToken({ name, to }, askedBy(request));
    return { token, apiToken: tokenAnswer(apiToken) };
  }

  @Get()
  @Reads(TokensQuery, {
    summary: '接口令牌列表 · The API tokens of an account, without the tokens themselves',
    answer: object({ rows: list(tokenRow) }),
    refusals: [],
  })
  tokens(@Query() { account }: TokensQuery, @Req() request: FastifyRequest) {
    const of = account ?? permitOf(request).principal.id;
    const reach = reachOf(request);
    const tokens = reach === undefined || reach === of ? this.#identity.tokens(of) : [];
    return { rows: tokens.map(tokenAnswer) };
  }

  @Post(':id/revoke')
  @Acts({
    name: 'revokeToken',
    summary: '撤销接口令牌 · Revoke an API token',
    answer: object({ id: text }),
    refusals: ['API_TOKEN_UNKNOWN'],
  })
  revoke(@Param('id') id: string, @Req() request: FastifyRequest) {
    this.#identity.revokeToken(id, askedBy(request), reachOf(request));
    return { id };
  }
}
