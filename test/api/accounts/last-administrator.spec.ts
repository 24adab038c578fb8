import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Answer } from '../../support/running-ledger.js';
import { ADMIN_PASSWORD, type Office, openOffice, type Staff, STAFF_PASSWORD } from '../../support/office.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

const directory = temporaryDirectory();
const ADMINISTERS = { role: 'SYS_ADMIN', division: '330603' };
const PROVIDER = {
  LEDGER_OIDC_ISSUER: 'https://id.example',
  LEDGER_OIDC_CLIENT_ID: 'gongfu-ledger',
  LEDGER_OIDC_REDIRECT: 'https://ledger.example/signed-in',
};
let office: Office;
let first: Staff;
let second: Staff;

beforeAll(async () => {
  office = await openOffice(directory.path, PROVIDER);
});
afterAll(async () => {
  await office.ledger.stop();
  directory.remove();
});

const refusalOf = ({ status, body }: Answer): unknown[] => [status, body['code'], body['facts'], body['field']];
const refused = (account: string, field: string) => [422, 'LAST_ADMINISTRATOR', { account }, field];
const succeeded = (answers: readonly Answer[]): number => answers.filter(({ status }) => status < 300).length;

async function grantOf(by: Staff, account: string): Promise<string> {
  const { body } = await by.get<{ rows: { grant: string }[] }>(`/grants?account=${account}&held=true`);
  return body.rows[0]?.grant ?? '';
}

const revoke = async (by: Staff, account: string): Promise<Answer> =>
  by.post(`/grants/${await grantOf(by, account)}/revocation`, { reason: '岗位调整' });
const disable = async (by: Staff, account: string): Promise<Answer> => by.post(`/accounts/${account}/disable`);
const reset = async (by: Staff, account: string): Promise<Answer> => by.post(`/accounts/${account}/reset-password`);

it('is not who has only a one-time password, a last day, or an account that is disabled', async () => {
  const { admin } = office;
  await admin.post('/accounts', { id: 'admin-6' });
  await admin.post('/grants', { account: 'admin-6', from: '2024-01-01', ...ADMINISTERS });
  const until = await office.staff('admin-7', { ...ADMINISTERS, to: '2999-12-31' });
  await office.staff('admin-8', ADMINISTERS);
  expect((await disable(admin, 'admin-8')).status).toBe(200);
  expect(refusalOf(await revoke(admin, 'admin'))).toEqual(refused('admin', 'grant'));
  expect(refusalOf(await disable(until, 'admin'))).toEqual(refused('admin', 'id'));
  expect(refusalOf(await until.post('/accounts/admin/oidc-subject'))).toEqual(refused('admin', 'id'));
  expect((await revoke(admin, 'admin-8')).status).toBe(201);
  expect((await disable(admin, 'admin-6')).status).toBe(200);
  expect((await disable(admin, 'admin-7')).status).toBe(200);
});

it('keeps his password and his subject while nobody else is left without a last day', async () => {
  const until = await office.staff('admin-9', { ...ADMINISTERS, to: '2999-12-31' });
  expect(refusalOf(await reset(until, 'admin'))).toEqual(refused('admin', 'id'));
  expect(refusalOf(await until.post('/accounts/admin/oidc-subject', { oidcSubject: 'nobody' }))).toEqual(
    refused('admin', 'id'),
  );
  expect((await office.logIn('admin', ADMIN_PASSWORD)).id).toBe('admin');
  expect((await reset(office.admin, 'admin-9')).status).toBe(200);
  expect((await disable(office.admin, 'admin-9')).status).toBe(200);
});

it('goes when another has logged in, who is the last one then', async () => {
  second = await office.staff('admin-2', ADMINISTERS);
  expect((await disable(second, 'admin')).status).toBe(200);
  expect(refusalOf(await revoke(second, 'admin-2'))).toEqual(refused('admin-2', 'grant'));
  expect((await second.post('/accounts/admin/enable')).status).toBe(200);
});

it('is left where two shut each other out at once', async () => {
  first = await office.logIn('admin', ADMIN_PASSWORD);
  expect(succeeded(await Promise.all([disable(first, 'admin-2'), disable(second, 'admin')]))).toBe(1);
});

it('is left where one takes back the grant of who disables his account', async () => {
  const isFirst = (await first.get('/me')).status === 200;
  const [by, other, password] = isFirst ? [first, second.id, STAFF_PASSWORD] : [second, first.id, ADMIN_PASSWORD];
  expect((await by.post(`/accounts/${other}/enable`)).status).toBe(200);
  const back = await office.logIn(other, password);
  const path = `/grants/${await grantOf(by, other)}/revocation`;
  const revoked = async (): Promise<Answer> => by.post(path, { reason: '岗位调整' });
  expect(succeeded(await Promise.all([revoked(), disable(back, by.id)]))).toBe(1);
});
