import { Refusal } from '@ledger/domain';
import type { Identity, OidcLogin } from '@ledger/identity';
import { Body, Controller, Inject, Post, Req } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { BeforePasswordChange } from '../access/access-guard.js';
import { Acts } from '../acts.js';
import type { Config } from '../boot/config.js';
import { LETS_IN } from '../boot/attempts.js';
import { CONFIG, RUNTIME, type Runtime } from '../boot/runtime.js';
import { object, text } from '../read/schemas.js';
import { asked, askedBy, sessionOf } from './asked-by.js';
import { ChangePassword, CompleteLogIn, LogIn } from './requests.js';
import { openedAnswer, openedSchema } from './schemas.js';

/** Logging in and out. No cookies: a session is a token that its client sends, so no other page can send it. */
@Controller('session')
export class SessionController {
  readonly #identity: Identity;
  readonly #oidc: OidcLogin | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(RUNTIME) { identity, oidc }: Runtime,
  ) {
    this.#identity = identity;
    this.#oidc = oidc;
  }

  @Post()
  @RouteConfig(LETS_IN)
  @Acts({
    name: 'logIn',
    summary: '登录 · Log in with account and password',
    takes: { body: LogIn, example: { id: 'accountant-1', password: 'eleven green bamboo carts' } },
    answer: openedSchema,
    status: 201,
    refusals: ['LOGIN_FAILED', 'LOGIN_LOCKED', 'TOO_MANY_AT_ONCE', 'ACCOUNTS_NOT_IN_USE'],
    open: true,
  })
  async logIn(@Body() { id, password }: LogIn, @Req() request: FastifyRequest) {
    this.#refuseWithoutAccounts();
    return openedAnswer(await this.#identity.logIn(id, password, asked(request)));
  }

  @Post('end')
  @BeforePasswordChange()
  @Acts({
    name: 'logOut',
    summary: '退出登录 · Log out: end the session that asks',
    answer: object({ session: text }),
    refusals: ['SESSION_REQUIRED', 'ACCOUNTS_NOT_IN_USE'],
  })
  logOut(@Req() request: FastifyRequest) {
    const session = sessionOf(request);
    this.#identity.logOut(session, askedBy(request));
    return { session };
  }

  @Post('password')
  @RouteConfig(LETS_IN)
  @BeforePasswordChange()
  @Acts({
    name: 'changePassword',
    summary:
      '修改密码,会话与接口令牌全部失效 · Change one’s password; all sessions and API tokens end, and a new session begins',
    takes: {
      body: ChangePassword,
      example: { password: 'k7mwp-3fzqa-x9c2h-tu5be', newPassword: 'eleven green bamboo carts' },
    },
    answer: openedSchema,
    status: 201,
    refusals: [
      'PASSWORD_WRONG',
      'LOGIN_LOCKED',
      'TOO_MANY_AT_ONCE',
      'PASSWORD_NOT_ALLOWED',
      'SESSION_REQUIRED',
      'ACCOUNTS_NOT_IN_USE',
    ],
  })
  async changePassword(@Body() { password, newPassword }: ChangePassword, @Req() request: FastifyRequest) {
    sessionOf(request);
    return openedAnswer(await this.#identity.changePassword(password, newPassword, askedBy(request)));
  }

  @Post('oidc')
  @Acts({
    name: 'beginOidcLogIn',
    summary: '开始统一身份认证登录 · Begin a log-in at the identity provider',
    answer: object({
      authorizationUrl: { ...text, description: '请让浏览器打开 · to be opened by the browser' },
      flow: { ...text, description: '留待完成登录时提交,限十分钟、一次 · to complete with, once, within ten minutes' },
    }),
    status: 201,
    refusals: ['OIDC_NOT_CONFIGURED', 'OIDC_UNAVAILABLE', 'ACCOUNTS_NOT_IN_USE'],
    open: true,
  })
  begin(@Req() request: FastifyRequest) {
    return this.#provider().begin(request.ip);
  }

  @Post('oidc/complete')
  @Acts({
    name: 'completeOidcLogIn',
    summary: '完成统一身份认证登录 · Complete a log-in with what the identity provider sent back',
    takes: {
      body: CompleteLogIn,
      example: {
        flow: 'gff_2c26b46b68ffc68ff99b453c1d30413413422d70648',
        callbackUrl: 'https://ledger.example/signed-in?code=d70648&state=b46b68',
      },
    },
    answer: openedSchema,
    status: 201,
    refusals: [
      'OIDC_FLOW_UNKNOWN',
      'OIDC_LOGIN_FAILED',
      'OIDC_SUBJECT_UNKNOWN',
      'OIDC_NOT_CONFIGURED',
      'OIDC_UNAVAILABLE',
      'ACCOUNTS_NOT_IN_USE',
    ],
    open: true,
  })
  async complete(@Body() { flow, callbackUrl }: CompleteLogIn, @Req() request: FastifyRequest) {
    const provider = this.#provider();
    const { record } = this.#identity;
    const subject = await provider.complete(flow, callbackUrl).catch((error: unknown) => {
      if (error instanceof Refusal)
        record.add({ account: null, ...asked(request), what: 'login-failed', code: error.code });
      throw error;
    });
    return openedAnswer(this.#identity.logInAs(subject, asked(request)));
  }

  #provider(): OidcLogin {
    this.#refuseWithoutAccounts();
    if (this.#oidc === undefined) throw new Refusal('OIDC_NOT_CONFIGURED', {});
    return this.#oidc;
  }

  #refuseWithoutAccounts(): void {
    if (this.config.access !== 'accounts') throw new Refusal('ACCOUNTS_NOT_IN_USE', {});
  }
}
