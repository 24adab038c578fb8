import { ReadModel, type TurnoverQuestion } from '@ledger/readmodel';
import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { onlyBooks, permitOf, scopeOf } from '../access/permit.js';
import { READ_MODEL } from '../boot/runtime.js';
import { byVillage, incomeCorrections, operatingFen, summed, totalFen, versions } from './answers.js';
import { Reads } from './documented.js';
import { type Moment, Moments } from './moments.js';
import { knownDivision, knownVillage } from './places.js';
import { refuseRange } from './ranges.js';
import { AtQuery, IncomeQuery } from './queries.js';
import { correctionRow, divisionRow, fen, incomeRow, list, object, ofBooks, villageIncome } from './schemas.js';

const basis = { type: 'string', enum: ['booked', 'restated'] };
const incomeOf = { division: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' }, basis };
const sums = { rows: list(incomeRow), totalFen: fen, operatingFen: fen, corrections: list(correctionRow) };

@Controller()
export class DivisionReads {
  constructor(
    @Inject(READ_MODEL) private readonly views: ReadModel,
    @Inject(Moments) private readonly moments: Moments,
  ) {}

  @Get('divisions')
  @Reads(AtQuery, { summary: '区划树 · The division tree', answer: object({ rows: list(divisionRow) }), refusals: [] })
  async divisions(@Query() query: AtQuery, @Req() request: FastifyRequest) {
    const at = await this.moments.resolve(query, request);
    return { ...at, views: versions(this.views, 'division'), rows: this.views.divisions(at, scopeOf(request)) };
  }

  @Get('villages/:code/income')
  @Reads(IncomeQuery, {
    summary: '村级收入 · A village’s income by account, project and month',
    answer: object({ ...incomeOf, ...sums, ...ofBooks }, ['onlyBooks']),
    refusals: ['DIVISION_CODE_INVALID', 'VILLAGE_UNKNOWN', 'VILLAGE_ABOLISHED', 'DIVISION_RECODED'],
  })
  async villageIncome(@Param('code') code: string, @Query() query: IncomeQuery, @Req() request: FastifyRequest) {
    const scope = scopeOf(request);
    const at = await this.moments.resolve(query, request);
    return this.#income(knownVillage(this.views, code, 'income', at, scope), query, at, request).answer;
  }

  @Get('divisions/:code/income')
  @Reads(IncomeQuery, {
    summary: '镇街、区收入汇总 · Income of a village, township or district, with its villages',
    heavy: true,
    answer: object({ ...incomeOf, ...sums, villages: list(villageIncome), ...ofBooks }, ['onlyBooks']),
    refusals: [
      'DIVISION_CODE_INVALID',
      'DIVISION_UNKNOWN',
      'DIVISION_ABOLISHED',
      'DIVISION_RECODED',
      'VILLAGE_ABOLISHED',
    ],
  })
  async divisionIncome(@Param('code') code: string, @Query() query: IncomeQuery, @Req() request: FastifyRequest) {
    const scope = scopeOf(request);
    const at = await this.moments.resolve(query, request);
    const { answer, rows } = this.#income(knownDivision(this.views, code, at, scope), query, at, request);
    return { ...answer, villages: byVillage(rows) };
  }

  #income(division: string, query: IncomeQuery, at: Moment, request: FastifyRequest) {
    const scope = scopeOf(request);
    const { from, to } = query;
    refuseRange(from, to);
    const selection = { division, books: query.books ?? 'collective' } as const;
    const question: TurnoverQuestion = { role: 'income', from, to, basis: query.basis ?? 'booked' };
    const rows = this.views.turnover(selection, question, at, scope);
    const corrections = incomeCorrections(this.views.corrections(selection, { from, to }, at, scope));
    const answer = {
      ...at,
      views: versions(this.views, 'turnover', 'entry', 'correction', 'division', 'book', 'organization'),
      division,
      from,
      to,
      basis: question.basis,
      rows: summed(rows),
      totalFen: totalFen(rows),
      operatingFen: operatingFen(rows),
      corrections,
      ...onlyBooks(permitOf(request), division, this.views.scopes),
    };
    return { answer, rows };
  }
}
