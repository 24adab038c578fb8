import { Refusal } from '@ledger/domain';
import type { Identity, OidcLogin, OidcSubject } from '@ledger/identity';
import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Administrators } from '../access/administrators.js';
import { Acts } from '../acts.js';
import { RUNTIME, type Runtime } from '../boot/runtime.js';
import { Reads } from '../read/documented.js';
import { keyCursor, keyIn, limitOf } from '../read/queries.js';
import { list, next, object, orNull, text } from '../read/schemas.js';
import { askedBy } from './asked-by.js';
import { AccountsQuery } from './queries.js';
import { CreateAccount, LinkAccount } from './requests.js';
import { accountAnswer, accountRow } from './schemas.js';

const oneTimePassword = {
  ...text,
  description: '一次性密码,只给出一次,七天内有效 · for one use, shown only now; holds a week',
};

/** Accounts of people and programs. An account may do nothing before it is granted a role. */
@Controller('accounts')
export class AccountsController {
  readonly #identity: Identity;
  readonly #oidc: OidcLogin | undefined;

  constructor(
    @Inject(RUNTIME) { identity, oidc }: Runtime,
    @Inject(Administrators) private readonly administrators: Administrators,
  ) {
    this.#identity = identity;
    this.#oidc = oidc;
  }

  @Post()
  @Acts({
    name: 'createAccount',
    summary: '新建账号 · Add an account, with a one-time password or for a subject of the identity provider',
    takes: { body: CreateAccount, example: { id: 'accountant-1' } },
    answer: object({ account: accountRow, oneTimePassword: orNull(oneTimePassword) }),
    status: 201,
    refusals: ['STAFF_ACCOUNT_DUPLICATE', 'STAFF_ACCOUNT_RESERVED', 'OIDC_SUBJECT_TAKEN', 'OIDC_NOT_CONFIGURED'],
  })
  async add(@Body() { id, oidcSubject }: CreateAccount, @Req() request: FastifyRequest) {
    const subject = this.#subject(oidcSubject);
    const { account, oneTimePassword: once = null } = await this.#identity.addAccount(id, askedBy(request), subject);
    return { account: accountAnswer(account), oneTimePassword: once };
  }

  @Get()
  @Reads(AccountsQuery, {
    summary: '账号列表 · The accounts, in the order of their ids',
    answer: object({ rows: list(accountRow), next }),
    refusals: [],
  })
  accounts(@Query() query: AccountsQuery) {
    const limit = limitOf(query);
    const found = this.#identity.accounts.after(keyIn(query.after) ?? '', limit + 1);
    const rows = found.slice(0, limit);
    const last = found.length > limit ? rows.at(-1) : undefined;
    return { rows: rows.map(accountAnswer), next: last === undefined ? null : keyCursor(last.id) };
  }

  @Post(':id/oidc-subject')
  @Acts({
    name: 'linkAccount',
    summary:
      '登记、更换或(不填时)取消账号的统一身份认证标识 · Let somebody log in at the identity provider as a subject, or no longer when none is given; sessions and tokens end',
    takes: { body: LinkAccount, example: { oidcSubject: '248289761001' } },
    answer: accountRow,
    refusals: [
      'STAFF_ACCOUNT_UNKNOWN',
      'OWN_ACCOUNT',
      'OIDC_SUBJECT_TAKEN',
      'OIDC_NOT_CONFIGURED',
      'LAST_ADMINISTRATOR',
    ],
  })
  link(@Param('id') id: string, @Body() { oidcSubject }: LinkAccount, @Req() request: FastifyRequest) {
    const [subject, by] = [this.#subject(oidcSubject), askedBy(request)];
    // Nobody knows yet whether the owner is who the provider calls by that name, so another subject counts as none.
    return this.administrators.butOne({ account: id }, request, () =>
      accountAnswer(this.#identity.link(id, subject, by)),
    );
  }

  @Post(':id/disable')
  @Acts({
    name: 'disableAccount',
    summary: '停用账号 · Disable an account; its sessions and tokens end',
    answer: accountRow,
    refusals: ['STAFF_ACCOUNT_UNKNOWN', 'OWN_ACCOUNT', 'LAST_ADMINISTRATOR'],
  })
  disable(@Param('id') id: string, @Req() request: FastifyRequest) {
    const by = askedBy(request);
    return this.administrators.butOne({ account: id }, request, () => accountAnswer(this.#identity.disable(id, by)));
  }

  @Post(':id/enable')
  @Acts({
    name: 'enableAccount',
    summary: '重新启用账号 · Enable an account again',
    answer: accountRow,
    refusals: ['STAFF_ACCOUNT_UNKNOWN'],
  })
  enable(@Param('id') id: string, @Req() request: FastifyRequest) {
    return accountAnswer(this.#identity.enable(id, askedBy(request)));
  }

  @Post(':id/reset-password')
  @Acts({
    name: 'resetPassword',
    summary: '重置密码 · Give an account a one-time password; its sessions and tokens end',
    answer: object({ account: accountRow, oneTimePassword }),
    refusals: ['STAFF_ACCOUNT_UNKNOWN', 'OWN_ACCOUNT', 'LAST_ADMINISTRATOR'],
  })
  async reset(@Param('id') id: string, @Req() request: FastifyRequest) {
    const by = askedBy(request);
    // A one-time password runs out, and may get lost on its way.
    const once = await this.administrators.butOne({ account: id }, request, () => this.#identity.resetPassword(id, by));
    const account = this.#identity.accounts.find(id);
    if (account === undefined) throw new Refusal('STAFF_ACCOUNT_UNKNOWN', { account: id }, 'id');
    return { account: accountAnswer(account), oneTimePassword: once };
  }

  #subject(subject: string | undefined): OidcSubject | undefined {
    if (subject === undefined) return undefined;
    if (this.#oidc === undefined) throw new Refusal('OIDC_NOT_CONFIGURED', {}, 'oidcSubject');
    return { issuer: this.#oidc.issuer, subject };
  }
}
