import type { Account, ApiToken, OpenedFor, Session } from '@ledger/identity';
import { day, object, orNull, text } from '../read/schemas.js';

/** How accounts, sessions and tokens are answered. */

const instant = { type: 'string', format: 'date-time' };
const yes = { type: 'boolean' };

export const openedSchema = object({
  token: { ...text, description: '会话令牌,只给出一次 · the session’s token, given only now' },
  session: text,
  account: text,
  until: { ...instant, description: '最迟到期时刻;30分钟不用即失效 · over then, or after 30 minutes without use' },
  mustChangePassword: yes,
});

export function openedAnswer({ token, session, mustChangePassword }: OpenedFor) {
  const { id, account, untilMs } = session;
  return { token, session: id, account, until: at(untilMs), mustChangePassword };
}

export const sessionRow = object({
  session: text,
  account: text,
  via: { type: 'string', enum: ['password', 'oidc'] },
  createdAt: instant,
  lastUsedAt: { ...instant, description: '精确到分钟 · to the minute' },
  until: instant,
  current: { ...yes, description: '即本次请求所用 · the one that asks' },
});

export function sessionAnswer({ id, account, via, ...times }: Session, current: string | undefined) {
  const { createdAtMs, lastUsedAtMs, untilMs } = times;
  return {
    session: id,
    account,
    via,
    createdAt: at(createdAtMs),
    lastUsedAt: at(lastUsedAtMs),
    until: at(untilMs),
    current: id === current,
  };
}

export const tokenRow = object({
  id: text,
  account: text,
  name: text,
  createdAt: instant,
  lastUsedAt: { ...orNull(instant), description: '精确到分钟,未用过为null · to the minute; null before its first use' },
  to: { ...day, description: '最后有效日 · the last day on which it holds' },
});

export function tokenAnswer({ id, account, name, createdAtMs, lastUsedAtMs, to }: ApiToken) {
  return {
    id,
    account,
    name,
    createdAt: at(createdAtMs),
    lastUsedAt: lastUsedAtMs === null ? null : at(lastUsedAtMs),
    to,
  };
}

export const accountRow = object({
  id: text,
  disabled: yes,
  mustChangePassword: yes,
  oidcSubject: { ...orNull(text), description: '统一身份认证标识 · its subject at the identity provider' },
  createdAt: instant,
  createdBy: text,
});

export function accountAnswer({ id, disabled, mustChangePassword, oidc, createdAtMs, createdBy }: Account) {
  return {
    id,
    disabled,
    mustChangePassword,
    oidcSubject: oidc?.subject ?? null,
    createdAt: at(createdAtMs),
    createdBy,
  };
}

export function at(instantMs: number): string {
  return new Date(instantMs).toISOString();
}
