import { type Grant, GrantRole, holdsOn, Refusal, RevokeRole } from '@ledger/domain';
import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RUNTIME, type Runtime } from '../boot/runtime.js';
import { Reads } from '../read/documented.js';
import { keyCursor, keyIn, limitOf } from '../read/queries.js';
import { list, next, object } from '../read/schemas.js';
import { Asked, type Asking } from '../write/asked.js';
import { Writes } from '../write/documented.js';
import { Receipts } from '../write/receipts.js';
import { Administrators } from './administrators.js';
import { GrantRegister } from './grant-register.js';
import { GrantsQuery } from './grant-queries.js';
import { grantRow } from './grant-schemas.js';
import { scopeOf } from './permit.js';

/** Who may do what, where and when: given and taken back as facts. */
@Controller('grants')
export class GrantsController {
  constructor(
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(GrantRegister) private readonly register: GrantRegister,
    @Inject(Receipts) private readonly receipts: Receipts,
    @Inject(Administrators) private readonly administrators: Administrators,
  ) {}

  @Post()
  @Writes(GrantRole, {
    summary: '授权 · Give a role to an account',
    example: { account: 'reviewer-1', role: 'TOWN_REVIEWER', division: '330603008', from: '2024-01-01' },
    refusals: [
      'SELF_GRANT',
      'GRANT_PERIOD',
      'ROLE_LEVEL',
      'STAFF_ACCOUNT_UNKNOWN',
      'ROLE_BOOKS',
      'ROLE_HOUSEHOLD',
      'HOUSEHOLD_UNKNOWN',
      'HOUSEHOLD_DISSOLVED',
      'ROLE_CONFLICT',
      'GRANT_DUPLICATE',
      'DIVISION_CODE_INVALID',
      'DIVISION_UNKNOWN',
      'DIVISION_ABOLISHED',
      'VILLAGE_ABOLISHED',
      'DIVISION_RECODED',
    ],
  })
  grant(@Body() command: GrantRole, @Asked() asked: Asking) {
    const { account } = command;
    // Without accounts, grants may be prepared for those who will be entered.
    if (asked.context.sight !== undefined && this.runtime.identity.accounts.find(account) === undefined) {
      throw new Refusal('STAFF_ACCOUNT_UNKNOWN', { account }, 'account');
    }
    return this.receipts.of(command, {}, asked);
  }

  @Post(':id/revocation')
  @Writes(RevokeRole, {
    summary: '收回授权 · Take a grant back',
    example: { reason: '岗位调整' },
    refusals: ['GRANT_UNKNOWN', 'GRANT_REVOKED', 'LAST_ADMINISTRATOR', 'PERSONAL_DATA_IN_TEXT'],
  })
  revoke(
    @Param('id') grant: string,
    @Body() command: RevokeRole,
    @Asked() asked: Asking,
    @Req() request: FastifyRequest,
  ) {
    return this.administrators.butOne({ grant }, request, () => this.receipts.of(command, { grant }, asked));
  }

  @Get()
  @Reads(GrantsQuery, {
    summary: '授权列表 · The grants, of an account or all',
    answer: object({ rows: list(grantRow), next }),
    refusals: [],
  })
  async grants(@Query() query: GrantsQuery, @Req() request: FastifyRequest) {
    const { account, held } = query;
    const limit = limitOf(query);
    const { byId, revoked: takenBack } = await this.register.all();
    const scope = scopeOf(request);
    const { today } = this.register;
    const rows = [...byId.values()]
      .filter((grant) => account === undefined || grant.account === account)
      .filter(({ division }) => scope.includesDivision(division))
      .toSorted((a, b) => (placeIn(a) < placeIn(b) ? -1 : 1))
      .map((grant) => {
        const revoked = takenBack.has(grant.grant);
        const { books = null, household = null, to = null } = grant;
        return { ...grant, books, household, to, revoked, held: !revoked && holdsOn(grant, today) };
      });
    const after = keyIn(query.after) ?? '';
    const wanted = rows.filter((row) => placeIn(row) > after && (held === undefined || String(row.held) === held));
    const page = wanted.slice(0, limit);
    const last = wanted.length > limit ? page.at(-1) : undefined;
    return { rows: page, next: last === undefined ? null : keyCursor(placeIn(last)) };
  }
}

/** The grants of an account stand together, in an order that stays. */
function placeIn({ account, grant }: Pick<Grant, 'account' | 'grant'>): string {
  return `${account}/${grant}`;
}
