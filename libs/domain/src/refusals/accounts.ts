import { refusal } from './entry.js';

/** What is refused around accounts of people and programs, their sessions and their tokens. */
export const accountRefusals = {
  LOGIN_FAILED: refusal<object>(
    401,
    () => '账号或密码不正确,或账号已停用。请核对后再试;仍不能登录的,请联系系统管理员。',
    () =>
      'The account or the password is wrong, or the account is disabled. Check both and try again; if it still fails, ask the system administrator.',
  ),
  PASSWORD_WRONG: refusal<object>(
    422,
    () => '填写的原密码不正确,密码未作改动。请核对后再试;忘记原密码的,请系统管理员重置。',
    () =>
      'The password that you gave as your present one is wrong; it was not changed. Check it and try again; if you have forgotten it, have the system administrator reset it.',
  ),
  LOGIN_LOCKED: refusal<{ waitSeconds: number }>(
    429,
    (f) => `连续登录失败次数过多,请在${f.waitSeconds}秒后再试,或请系统管理员重置密码。`,
    (f) =>
      `There were too many failed log-ins in a row. Try again in ${f.waitSeconds} seconds, or have the system administrator reset the password.`,
  ),
  PASSWORD_CHANGE_REQUIRED: refusal<object>(
    403,
    () => '当前密码为一次性密码,须先修改:POST /api/v1/session/password。修改前不能使用其他接口。',
    () =>
      'This account has a one-time password, which must be changed first: POST /api/v1/session/password. Nothing else can be used before.',
  ),
  PASSWORD_NOT_ALLOWED: refusal<{ because: PasswordFault; minLength: number; maxLength: number }>(
    422,
    (f) =>
      `新密码${FAULTS[f.because].zh},未作改动。请用${f.minLength}至${f.maxLength}个字符的密码,例如几个不相关的词。`,
    (f) =>
      `The new password ${FAULTS[f.because].en}; nothing was changed. Use ${f.minLength} to ${f.maxLength} characters, such as a few unrelated words.`,
  ),
  STAFF_ACCOUNT_UNKNOWN: refusal<{ account: string }>(
    404,
    (f) => `没有账号“${f.account}”。请在GET /api/v1/accounts中查看已有账号。`,
    (f) => `There is no account "${f.account}". See GET /api/v1/accounts for those that there are.`,
  ),
  STAFF_ACCOUNT_DUPLICATE: refusal<{ account: string }>(
    422,
    (f) => `账号“${f.account}”已存在。请另选一个编号;停用的账号可重新启用。`,
    (f) =>
      `The account "${f.account}" exists already. Choose another id; an account that is disabled can be enabled again.`,
  ),
  STAFF_ACCOUNT_RESERVED: refusal<{ account: string }>(
    422,
    (f) => `“${f.account}”是账本自身记账时使用的名称,不能作为账号。请另选一个编号。`,
    (f) => `"${f.account}" is a name under which the ledger itself records, so nobody can have it. Choose another id.`,
  ),
  OWN_ACCOUNT: refusal<{ account: string }>(
    422,
    (f) =>
      `不能停用自己的账号“${f.account}”,不能重置自己的密码,也不能更改自己的统一身份认证标识。请由另一位系统管理员办理;改密码请用POST /api/v1/session/password。`,
    (f) =>
      `Nobody disables their own account "${f.account}", resets its password or changes its subject at the identity provider. Ask another system administrator; to change a password use POST /api/v1/session/password.`,
  ),
  SESSION_REQUIRED: refusal<object>(
    403,
    () => '该操作须在登录后的会话中进行,不能使用接口令牌。请先登录:POST /api/v1/session。',
    () => 'This wants a session of somebody who has logged in, not an API token. Log in first: POST /api/v1/session.',
  ),
  SESSION_UNKNOWN: refusal<{ session: string }>(
    404,
    (f) => `没有会话“${f.session}”,可能已经结束。请在GET /api/v1/sessions中查看。`,
    (f) => `There is no session "${f.session}"; it may be over. See GET /api/v1/sessions.`,
  ),
  API_TOKEN_UNKNOWN: refusal<{ token: string }>(
    404,
    (f) => `没有编号为“${f.token}”的接口令牌,可能已经撤销。请在GET /api/v1/tokens中查看。`,
    (f) => `There is no API token with the id "${f.token}"; it may be revoked. See GET /api/v1/tokens.`,
  ),
  API_TOKEN_DAY: refusal<{ to: string; today: string; latest: string }>(
    422,
    (f) => `接口令牌的最后有效日${f.to}须在${f.today}至${f.latest}之间。请更正后重新提交。`,
    (f) =>
      `The last day of an API token must lie between ${f.today} and ${f.latest}, not on ${f.to}. Give another day.`,
  ),
  API_TOKEN_LIMIT: refusal<{ account: string; limit: number }>(
    422,
    (f) => `账号“${f.account}”已有${f.limit}个接口令牌,达到上限。请先撤销不用的令牌。`,
    (f) =>
      `The account "${f.account}" has ${f.limit} API tokens, as many as one may have. Revoke one that is not used.`,
  ),
  ACCOUNTS_NOT_IN_USE: refusal<object>(
    422,
    () => '本账本以单一访问令牌运行(LEDGER_ACCESS=token),不使用账号登录。如需使用账号,请以LEDGER_ACCESS=accounts启动。',
    () =>
      'This ledger runs with one access token (LEDGER_ACCESS=token), and nobody logs in. To use accounts, start it with LEDGER_ACCESS=accounts.',
  ),
  OIDC_NOT_CONFIGURED: refusal<object>(
    422,
    () => '本账本未接入统一身份认证。请用账号和密码登录:POST /api/v1/session;如需接入,请设置LEDGER_OIDC_ISSUER等变量。',
    () =>
      'This ledger uses no identity provider. Log in with account and password: POST /api/v1/session; to use one, set LEDGER_OIDC_ISSUER and the variables beside it.',
  ),
  OIDC_UNAVAILABLE: refusal<object>(
    503,
    () => '统一身份认证暂时无法访问。请稍候重新登录;仍然失败的,请联系系统管理员。',
    () =>
      'The identity provider cannot be reached. Begin the log-in again in a moment; if it still fails, ask the system administrator.',
  ),
  OIDC_FLOW_UNKNOWN: refusal<object>(
    422,
    () => '这次登录已过期或已使用(限十分钟、一次)。请重新开始:POST /api/v1/session/oidc。',
    () => 'This log-in is over: it holds for ten minutes and counts once. Begin again with POST /api/v1/session/oidc.',
  ),
  OIDC_LOGIN_FAILED: refusal<object>(
    401,
    () => '统一身份认证的答复未通过核对,或账号已停用。请重新开始:POST /api/v1/session/oidc。',
    () =>
      'What the identity provider answered did not hold, or the account is disabled. Begin again with POST /api/v1/session/oidc.',
  ),
  OIDC_SUBJECT_UNKNOWN: refusal<{ subject: string }>(
    403,
    (f) => `您已通过统一身份认证,但账本中没有与“${f.subject}”对应的账号。请把该标识告诉系统管理员登记。`,
    (f) =>
      `The identity provider knows you, but no account here is entered for "${f.subject}". Tell it to the system administrator, who can enter one.`,
  ),
  OIDC_SUBJECT_TAKEN: refusal<{ account: string }>(
    422,
    (f) => `该统一身份认证标识已登记在账号“${f.account}”上。请核对后重新提交。`,
    (f) =>
      `This subject of the identity provider is entered for the account "${f.account}" already. Check it and send it again.`,
  ),
} as const;

export type PasswordFault = 'length' | 'common' | 'account' | 'unchanged';

const FAULTS: Readonly<Record<PasswordFault, { zh: string; en: string }>> = {
  length: { zh: '长度不符合要求', en: 'is too short or too long' },
  common: { zh: '太常见,容易被猜到', en: 'is among the commonest and easily guessed' },
  account: { zh: '与账号相同', en: 'is the account’s own name' },
  unchanged: { zh: '与原密码相同', en: 'is the same as the one before' },
};
