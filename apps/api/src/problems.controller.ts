import { Refusal } from '@ledger/domain';
import { Controller, Get, Param } from '@nestjs/common';
import { Open } from './access/access-guard.js';
import { exampleProblem, isRefusalCode } from './openapi/refusal-examples.js';

/** Where the `type` of a problem leads: what the code means, with an example. */
@Open()
@Controller('problems')
export class ProblemsController {
  @Get(':code')
  problem(@Param('code') code: string) {
    if (!isRefusalCode(code)) {
      throw new Refusal('ROUTE_UNKNOWN', { method: 'GET', path: `/problems/${code.slice(0, 100)}` });
    }
    const example = exampleProblem(code);
    return { code, status: example['status'], example };
  }
}
