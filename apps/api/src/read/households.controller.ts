import { publicCount, publicSum } from '@ledger/domain';
import { ReadModel } from '@ledger/readmodel';
import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { permitOf, publicPlaces, scopeForAlso, scopeOf } from '../access/permit.js';
import { READ_MODEL } from '../boot/runtime.js';
import { versions } from './answers.js';
import { Reads } from './documented.js';
import { countsByVillage, householdRow, householdsOf, knownHousehold } from './household-pages.js';
import { type Moment, Moments } from './moments.js';
import { knownDivision, knownVillage } from './places.js';
import { AtQuery, PageQuery } from './queries.js';
import { householdCount, householdSchema, list, next, object, suppressed, villageHouseholds } from './schemas.js';
import { suppression } from './suppression.js';

const page = {
  division: { type: 'string' },
  households: householdCount,
  rows: list(householdSchema),
  next,
  suppressed,
};

@Controller()
export class HouseholdReads {
  constructor(
    @Inject(READ_MODEL) private readonly views: ReadModel,
    @Inject(Moments) private readonly moments: Moments,
  ) {}

  @Get('households/:id')
  @Reads(AtQuery, {
    summary: '农户 · A household, as it was and as it was known',
    answer: object({ household: householdSchema }),
    refusals: ['HOUSEHOLD_UNKNOWN'],
  })
  async household(@Param('id') id: string, @Query() query: AtQuery, @Req() request: FastifyRequest) {
    const at = await this.moments.resolve(query, request);
    const found = knownHousehold(this.views, id, at, permitOf(request));
    return { ...at, views: versions(this.views, 'household'), household: householdRow(found) };
  }

  @Get('villages/:code/households')
  @Reads(PageQuery, {
    summary: '村农户 · The households of a village',
    answer: object(page, ['suppressed']),
    refusals: ['DIVISION_CODE_INVALID', 'VILLAGE_UNKNOWN', 'VILLAGE_ABOLISHED', 'DIVISION_RECODED'],
  })
  async ofVillage(@Param('code') code: string, @Query() query: PageQuery, @Req() request: FastifyRequest) {
    const scope = scopeOf(request);
    const at = await this.moments.resolve(query, request);
    const village = knownVillage(this.views, code, 'households', at, scope);
    const { villages: _, ...answer } = this.#of(village, query, at, request);
    return answer;
  }

  @Get('divisions/:code/households')
  @Reads(PageQuery, {
    summary: '镇街、区农户 · The households of a village, township or district, with counts by village',
    heavy: true,
    answer: object(
      {
        ...page,
        rows: {
          oneOf: [page.rows, { type: 'null' }],
          description: '只可看户数的角色为null · null for roles that see the numbers alone',
        },
        villages: list(villageHouseholds),
      },
      ['suppressed'],
    ),
    refusals: ['DIVISION_CODE_INVALID', 'DIVISION_UNKNOWN', 'DIVISION_ABOLISHED', 'DIVISION_RECODED'],
  })
  async ofDivision(@Param('code') code: string, @Query() query: PageQuery, @Req() request: FastifyRequest) {
    const scope = scopeOf(request);
    const at = await this.moments.resolve(query, request);
    const division = knownDivision(this.views, code, at, scope);
    const answer = this.#of(division, query, at, request);
    // Whoever sees households one by one where he sees their number.
    const sees = scopeForAlso(permitOf(request), 'getVillagesHouseholds', this.views.scopes);
    return sees.includesDivision(division) ? answer : { ...answer, rows: null, next: null };
  }

  #of(division: string, query: PageQuery, at: Moment, request: FastifyRequest) {
    const recorded = this.views.recordedVillages(division, at, scopeOf(request));
    const isPublic = publicPlaces(permitOf(request), this.views.scopes);
    const villages = countsByVillage(this.views.householdCounts([...recorded.keys()], at), recorded).map(
      ({ village, households }) => ({ village, households: isPublic(village) ? publicCount(households) : households }),
    );
    const counts = villages.map(({ households }) => households);
    // For the public there are counts and no households, not even by pseudonym: a list can be counted.
    const listed = new Map([...recorded].filter(([, village]) => !isPublic(village)));
    return {
      ...at,
      views: versions(this.views, 'household', 'household_count', 'division'),
      division,
      households: publicSum(counts),
      villages,
      ...suppression(recorded, isPublic, counts),
      ...householdsOf(this.views, listed, query, at),
    };
  }
}
