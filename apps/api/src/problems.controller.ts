import { Refusal } from '@ledger/domain';
import { Controller, Get, Param, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Open } from './access/access-guard.js';
import { refuseQuery } from './boot/shapes.js';
import { exampleProblem, isRefusalCode } from './openapi/refusal-examples.js';

/** Where the `type` of a problem leads: what the code means, with an example. */
@Open()
@Controller('problems')
export class ProblemsController {
  @Get(':code')
  problem(@Param('code') code: string, @Req() request: FastifyRequest) {
    refuseQuery(request.query as object);
    if (!isRefusalCode(code)) {
      throw new Refusal('ROUTE_UNKNOWN', { method: 'GET', path: `/problems/${code.slice(0, 100)}` });
    }
    const example = exampleProblem(code);
    return { code, status: example['status'], example };
  }
}
