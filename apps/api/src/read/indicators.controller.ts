import {
  knownMeasure,
  type Measure,
  measures,
  measureUnits,
  qualifierHolds,
  qualifiers,
  validScope,
} from '@ledger/domain';
import { ReadModel, type ReadingRow, type Scope } from '@ledger/readmodel';
import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { onlyBooks, permitOf, scopeOf } from '../access/permit.js';
import { READ_MODEL } from '../boot/runtime.js';
import { versions } from './answers.js';
import { Reads } from './documented.js';
import { ledgerFigure } from './ledger-figures.js';
import { type Moment, Moments } from './moments.js';
import { ComparisonQuery, cursorAt, cursorPosition, DEFAULT_LIMIT, MeasuresQuery, ReadingsQuery } from './queries.js';
import {
  comparisonSchema,
  list,
  measureSchema,
  next,
  object,
  ofBooks,
  qualifierSchema,
  readingSchema,
} from './schemas.js';

const DEFAULT_COMPARISONS = 20;
const VIEWS_OF_FIGURES = ['division', 'book', 'organization', 'turnover', 'entry', 'household_count'];

@Controller('indicators')
export class IndicatorReads {
  constructor(
    @Inject(READ_MODEL) private readonly views: ReadModel,
    @Inject(Moments) private readonly moments: Moments,
  ) {}

  @Get('measures')
  @Reads(MeasuresQuery, {
    summary: '指标表 · What can be reported, and what qualifiers claim',
    answer: object({ rows: list(measureSchema), qualifiers: list(qualifierSchema) }),
    refusals: [],
  })
  table(@Query() query: MeasuresQuery) {
    const rows = [...measures.values()].filter(({ unit }) => query.unit === undefined || unit === query.unit);
    const rules = Object.entries(qualifiers).map(([qualifier, rule]) => ({ qualifier, ...rule }));
    return { rows: rows.map(measureRow), qualifiers: rules };
  }

  @Get()
  @Reads(ReadingsQuery, {
    summary: '公布的指标 · Published figures, as of their day and as known',
    answer: object({ rows: list(readingSchema), next }),
    refusals: ['DIVISION_CODE_INVALID', 'MEASURE_UNKNOWN'],
  })
  async readings(@Query() query: ReadingsQuery, @Req() request: FastifyRequest) {
    const wanted = {
      ...(query.scope === undefined ? {} : { scope: validScope(query.scope, 'scope') }),
      ...(query.measure === undefined ? {} : { measure: knownMeasure(query.measure).code }),
    };
    const at = await this.moments.resolve(query, request);
    const page = { ...wanted, ...pageOf(query, DEFAULT_LIMIT) };
    const { rows, next: last } = this.views.readings(page, at, scopeOf(request));
    return { ...at, views: versions(this.views, 'indicator_reading'), rows, next: cursorOf(last) };
  }

  @Get(':scope/:measure/comparison')
  @Reads(ComparisonQuery, {
    summary: '公布数与账本数对照 · Published figures beside those of the ledger, and whether their qualifiers hold',
    heavy: true,
    answer: object(
      { scope: { type: 'string' }, measure: measureSchema, rows: list(comparisonSchema), next, ...ofBooks },
      ['onlyBooks'],
    ),
    refusals: ['DIVISION_CODE_INVALID', 'MEASURE_UNKNOWN'],
  })
  async comparison(
    @Param('scope') scopeText: string,
    @Param('measure') code: string,
    @Query() query: ComparisonQuery,
    @Req() request: FastifyRequest,
  ) {
    const of = validScope(scopeText, 'scope');
    const measure = knownMeasure(code);
    const scope = scopeOf(request);
    const at = await this.moments.resolve(query, request);
    const page = { scope: of, measure: measure.code, ...pageOf(query, DEFAULT_COMPARISONS) };
    const { rows, next: last } = this.views.readings(page, at, scope);
    return {
      ...at,
      views: versions(this.views, 'indicator_reading', ...VIEWS_OF_FIGURES),
      scope: of,
      measure: measureRow(measure),
      rows: rows.map((row) => this.#compared(row, measure, at, scope)),
      next: cursorOf(last),
      ...onlyBooks(permitOf(request), of, this.views.scopes),
    };
  }

  /** The ledger's figure is that of the day that the published one is about, as known at the moment of the question. */
  #compared(row: ReadingRow, { ledger: source }: Measure, { knownAt }: Moment, scope: Scope) {
    const ledger = source && ledgerFigure(this.views, source, row.scope, { asOf: row.day, knownAt }, scope);
    const { value, qualifier } = row;
    return {
      published: row,
      ledger: ledger ?? null,
      difference: ledger === undefined ? null : ledger.value - value,
      holds: ledger === undefined ? null : qualifierHolds(qualifier, ledger.value, value),
      rule: { qualifier, ...qualifiers[qualifier] },
    };
  }
}

function measureRow({ code, nameZh, nameEn, unit, ledger, ratio }: Measure) {
  return { code, nameZh, nameEn, unit, unitZh: measureUnits[unit].zh, ledger: ledger ?? null, ratio: ratio ?? null };
}

function pageOf({ after, limit }: { after?: string; limit?: string }, defaultLimit: number) {
  return { after: cursorPosition(after) ?? 0, limit: Number(limit ?? defaultLimit) };
}

function cursorOf(position: number | null): string | null {
  return position === null ? null : cursorAt(position);
}
