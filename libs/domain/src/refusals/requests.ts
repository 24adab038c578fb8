import { refusal } from './entry.js';

const POLICIES = {
  address: { zh: '同一地址的请求', en: 'Requests from one address' },
  failures: { zh: '同一地址未通过身份验证的请求', en: 'Requests from one address that do not show who asks' },
  principal: { zh: '同一账号的请求', en: 'Requests of one account' },
} as const;

type RatePolicy = keyof typeof POLICIES;

const STORES = {
  log: { zh: '事实库(EventStoreDB)', en: 'The store of facts (EventStoreDB)' },
  database: { zh: '数据库(PostgreSQL)', en: 'The database (PostgreSQL)' },
} as const;

/** What the ledger refuses before or beside its rules: malformed requests, stale revisions, times not yet known. */
export const requestRefusals = {
  INPUT_INVALID: refusal<{ problems: readonly { field: string; zh: string; en: string }[] }>(
    400,
    (f) => `请求有误:${f.problems.map((p) => `${p.field}${p.zh}`).join(';')}。请更正后重新提交,未作任何改动。`,
    (f) =>
      `The request is wrong: ${f.problems.map((p) => `${p.field} ${p.en}`).join('; ')}. Correct it and send it again; nothing was changed.`,
  ),
  TOKEN_REQUIRED: refusal<object>(
    401,
    () =>
      '访问令牌缺失、错误或已失效。请登录(POST /api/v1/session)或使用接口令牌,在请求头中加 Authorization: Bearer <令牌>;在浏览器中,用户名填账号,密码填接口令牌(只用一个令牌的账本:用户名任意,密码填访问令牌)。',
    () =>
      'The access token is missing, wrong or over. Log in (POST /api/v1/session) or use an API token, and send the header Authorization: Bearer <token>; in a browser, give the account as the name and an API token as the password (where there is one token for all: any name, and that token).',
  ),
  ROUTE_UNKNOWN: refusal<{ method: string; path: string }>(
    404,
    (f) => `没有${f.method} ${f.path}这个接口。请查看/docs中的接口列表。`,
    (f) => `There is no route ${f.method} ${f.path}. See /docs for the list of routes.`,
  ),
  BODY_TOO_LARGE: refusal<{ limitBytes: number }>(
    413,
    (f) => `请求内容超过${f.limitBytes}字节上限。请分次提交。`,
    (f) => `The body is larger than ${f.limitBytes} bytes. Send it in parts.`,
  ),
  MEDIA_TYPE_UNKNOWN: refusal<{ mediaType: string }>(
    415,
    (f) => `不支持内容类型“${f.mediaType}”。请用application/json提交。`,
    (f) => `The media type "${f.mediaType}" is not accepted. Send application/json.`,
  ),
  RATE_LIMITED: refusal<{ policy: RatePolicy; limit: number; windowSeconds: number; waitSeconds: number }>(
    429,
    (f) =>
      `${POLICIES[f.policy].zh}每${f.windowSeconds}秒最多${f.limit}次,已达上限,本次未处理。请${f.waitSeconds}秒后重试,写入用同一个Idempotency-Key。`,
    (f) =>
      `${POLICIES[f.policy].en} may come ${f.limit} times in ${f.windowSeconds} seconds, and that is reached; this one was not looked at. Try again in ${f.waitSeconds} seconds, a write with the same Idempotency-Key.`,
  ),
  TOO_MANY_AT_ONCE: refusal<{ limit: number; waitSeconds: number }>(
    429,
    (f) => `同类请求最多同时处理或排队${f.limit}个,已满,本次未处理。请等其中一个完成,${f.waitSeconds}秒后重试。`,
    (f) =>
      `${f.limit} requests of this kind are going on or waiting, as many as may; this one was not looked at. Wait for one of them to end and try again in ${f.waitSeconds} second${f.waitSeconds === 1 ? '' : 's'}.`,
  ),
  FACT_TOO_LARGE: refusal<{ type: string; bytes: number; limitBytes: number }>(
    422,
    (f) => `该事项共${f.bytes}字节,超过单条上限${f.limitBytes}字节。请拆成几张凭证。`,
    (f) =>
      `This entry takes ${f.bytes} bytes, more than the ${f.limitBytes} that one may have. Split it into several vouchers.`,
  ),
  IDEMPOTENCY_KEY_REUSED: refusal<{ key: string }>(
    422,
    (f) => `幂等键“${f.key}”已用于另一个请求。请为新请求使用新的Idempotency-Key。`,
    (f) =>
      `The idempotency key "${f.key}" was already used for another request. Give a new request a new Idempotency-Key.`,
  ),
  REVISION_STALE: refusal<{ expected: number | string; actual: number | string }>(
    412,
    (f) => `If-Match给出版本${f.expected},当前版本为${f.actual}。请重新读取后再提交。`,
    (f) => `If-Match names revision ${f.expected}, but the revision is ${f.actual}. Read again, then decide again.`,
  ),
  CONCURRENT_CHANGE: refusal<{ stream: string; attempts: number }>(
    409,
    (f) => `其他人正在同时修改${f.stream},已重试${f.attempts}次。请稍后用同一个Idempotency-Key重试。`,
    (f) =>
      `Others are changing ${f.stream} at the same time; tried ${f.attempts} times. Try again with the same Idempotency-Key.`,
  ),
  OUTCOME_UNKNOWN: refusal<{ commandId: string }>(
    503,
    (f) => `尚不能确定命令${f.commandId}是否已记录。请用同一个Idempotency-Key重试,不会重复入账。`,
    (f) =>
      `It is not yet known whether command ${f.commandId} was recorded. Try again with the same Idempotency-Key; nothing will be recorded twice.`,
  ),
  STORE_UNAVAILABLE: refusal<{ store: keyof typeof STORES }>(
    503,
    (f) => `${STORES[f.store].zh}暂时没有回答,本次未得到确认。请稍后用同一个Idempotency-Key重试,不会重复入账。`,
    (f) =>
      `${STORES[f.store].en} does not answer now, so this was not confirmed. Try again in a moment with the same Idempotency-Key; nothing will be recorded twice.`,
  ),
  KNOWN_AT_IN_FUTURE: refusal<{ knownAt: string; head: number }>(
    422,
    (f) => `knownAt=${f.knownAt}尚未到来:账本目前到第${f.head}条。请用更早的时刻或位置。`,
    (f) =>
      `knownAt=${f.knownAt} has not come yet: the ledger's newest position is ${f.head}. Use an earlier instant or position.`,
  ),
  BASIS_NOT_OFFERED: refusal<{ basis: string }>(
    422,
    (f) => `余额不提供basis=${f.basis}口径,只按记账期间(booked)读取。发生额(收入、支出)可用restated。`,
    (f) =>
      `Balances are not offered as basis=${f.basis}, only as booked. Turnovers (income, expense) can be read restated.`,
  ),
  VIEW_BEHIND: refusal<{ wanted: number; reached: number }>(
    503,
    (f) => `视图已处理到第${f.reached}条,尚未到第${f.wanted}条。请稍候重试。`,
    (f) => `The view has reached position ${f.reached}, not yet ${f.wanted}. Try again in a moment.`,
  ),
} as const;
