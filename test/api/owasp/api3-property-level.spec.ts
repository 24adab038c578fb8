import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, type RunningLedger, startLedger } from '../../support/running-ledger.js';
import { as, SIGN_IN, type Staff, type StaffedScene, staffedScene } from '../../support/staffed-township.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';
import { incomeBody } from '../../support/village-books.js';

const directory = temporaryDirectory();
let ledger: RunningLedger;
let scene: StaffedScene;
let clerk: Staff;

beforeAll(async () => {
  scene = await staffedScene(directory.path);
  ledger = await startLedger(directory.path, {
    env: {
      LEDGER_ACCESS: 'accounts',
      LEDGER_OIDC_ISSUER: SIGN_IN,
      LEDGER_OIDC_CLIENT_ID: 'gongfu-ledger',
      LEDGER_OIDC_REDIRECT: 'http://127.0.0.1:9/signed-in',
    },
  });
  clerk = as(ledger, 'clerk-1', scene);
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

const TAKEN = [422, 'OIDC_SUBJECT_TAKEN'];
const refusal = ({ status, body }: Answer) => [status, body['code']];

// Without `forbidNonWhitelisted` in boot/validation.ts, a body sets what only the ledger may.
describe('a field that a body may not have', () => {
  it.each([
    { actor: 'reviewer-1' },
    { context: { actor: 'reviewer-1' } },
    { commandId: '11111111-2222-8333-8444-555555555555' },
    { position: 1 },
    { recordedAt: '2020-01-01T00:00:00Z' },
    { period: '2023-01' },
    { voucherNo: 1 },
    { division: '330603002201' },
    { book: '11111111-2222-8333-8444-555555555555' },
    { status: 'RECORDED' },
    { signatures: { reviewedBy: 'reviewer-1' } },
  ])('%j is refused by its name', async (more) => {
    const body = incomeBody('2024-01-20', 100, { preparedBy: 'clerk-1', reviewedBy: 'reviewer-1', ...more });
    const answer = await clerk.post(`/books/${scene.own.id}/income`, body);
    expect(refusal(answer)).toEqual([400, 'INPUT_INVALID']);
    expect(answer.body['facts']).toMatchObject({ problems: [{ field: Object.keys(more)[0] }] });
  });

  it('gives no account a role or a password', async () => {
    const administrator = as(ledger, 'admin-9', scene);
    for (const more of [{ role: 'SYS_ADMIN' }, { password: 'x' }, { mustChangePassword: false }, { disabled: false }]) {
      expect(refusal(await administrator.post('/accounts', { id: 'new-one', ...more }))).toEqual([
        400,
        'INPUT_INVALID',
      ]);
    }
  });

  it('gives no account the subject of another at the identity provider', async () => {
    const administrator = as(ledger, 'admin-9', scene);
    const subject = { oidcSubject: 'reviewer-1' };
    expect(refusal(await administrator.post('/accounts', { id: 'new-one', ...subject }))).toEqual(TAKEN);
    expect(refusal(await administrator.post('/accounts/cashier-1/oidc-subject', subject))).toEqual(TAKEN);
    for (const [account, ...refused] of [
      ['clerk-1', 403, 'ROLE_NOT_ALLOWED'],
      ['admin-9', 422, 'OWN_ACCOUNT'],
    ] as const) {
      const own = await as(ledger, account, scene).post(`/accounts/${account}/oidc-subject`, { oidcSubject: 'free' });
      expect(refusal(own)).toEqual(refused);
    }
  });

  it('signs for nobody else', async () => {
    const body = incomeBody('2024-01-20', 100, { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1' });
    expect(refusal(await clerk.post(`/books/${scene.own.id}/income`, body))).toEqual([422, 'SIGNATURE_NOT_YOURS']);
  });
});

// Without schemas of its own for every answer, what is stored beside an account goes out with it.
describe('an answer about accounts', () => {
  it.each(['/accounts', '/tokens', '/tokens?account=clerk-1', '/sessions', '/me', '/grants', '/access-record'])(
    '%s shows no password, no token and no hash of either',
    async (path) => {
      const answer = await as(ledger, 'admin-9', scene).get(path);
      expect(answer.status).toBe(200);
      for (const token of scene.tokens.values()) expect(answer.text).not.toContain(token);
      expect(answer.text).not.toMatch(/argon2|"hash"|"salt"|"password"|"token":|"key":/);
    },
  );
});

// Without refusePersonalData, a number of a person stands in the log for ever, for everybody who reads the book.
describe('a text', () => {
  it.each(['11010519491231002X', '13800138000', '6222021234567890128'])('with %s in it is refused', async (number) => {
    const said = { preparedBy: 'clerk-1', reviewedBy: 'reviewer-1', summary: `付给${number}` };
    const answer = await clerk.post(`/books/${scene.own.id}/income`, incomeBody('2024-01-20', 100, said));
    expect(refusal(answer)).toEqual([422, 'PERSONAL_DATA_IN_TEXT']);
    expect(answer.text).not.toContain(number);
  });
});
