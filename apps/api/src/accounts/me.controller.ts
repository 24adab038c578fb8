import { Controller, Get, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { BeforePasswordChange } from '../access/access-guard.js';
import { grantRow } from '../access/grant-schemas.js';
import { permitOf } from '../access/permit.js';
import { refuseQuery } from '../boot/shapes.js';
import { Reads } from '../read/documented.js';
import { list, object, text } from '../read/schemas.js';
import { NowQuery } from './queries.js';

/** Who asks, and what he holds today. */
@Controller('me')
export class MeController {
  @Get()
  @BeforePasswordChange()
  @Reads(NowQuery, {
    summary: '我的账号与今日授权 · One’s own account and grants of today',
    answer: object({
      id: text,
      via: { type: 'string', enum: ['token', 'session', 'api-token'] },
      mustChangePassword: { type: 'boolean' },
      grants: list(grantRow),
    }),
    refusals: [],
  })
  me(@Req() request: FastifyRequest) {
    refuseQuery(request.query as object);
    const { principal, grants } = permitOf(request);
    const { id, via, mustChangePassword = false } = principal;
    const rows = grants.map((grant) => {
      return { books: null, household: null, to: null, ...grant, revoked: false, held: true };
    });
    return { id, via, mustChangePassword, grants: rows };
  }
}
