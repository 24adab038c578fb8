import { expect, it } from '@jest/globals';
import { type Account, canLogIn } from '@ledger/identity';

const ISSUER = 'https://id.example';
const account = (more: Partial<Account>): Account => ({
  id: 'admin-1',
  disabled: false,
  mustChangePassword: false,
  createdAtMs: 0,
  createdBy: 'ledger',
  ...more,
});
const oidc = { issuer: ISSUER, subject: 'subject-1' };
const password = 'argon2id of a password';

it('can, with a password of one’s own or by the provider that is in use', () => {
  expect(canLogIn(account({ password }))).toBe(true);
  expect(canLogIn(account({ oidc }), ISSUER)).toBe(true);
});

it('cannot for sure, with a one-time password, with none, by another provider, or while disabled', () => {
  expect(canLogIn(account({ password, mustChangePassword: true }))).toBe(false);
  expect(canLogIn(account({}))).toBe(false);
  expect(canLogIn(account({ oidc }))).toBe(false);
  expect(canLogIn(account({ oidc }), 'https://other.example')).toBe(false);
  expect(canLogIn(account({ password, oidc, disabled: true }), ISSUER)).toBe(false);
});
