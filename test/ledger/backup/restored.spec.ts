import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ledgerOrigin } from '@ledger/commands';
import { shanghaiDate } from '@ledger/domain';
import { NO_STREAM, openSqliteLog } from '@ledger/eventlog';
import { firstAdministrator, openIdentity } from '@ledger/identity';
import { Vault } from '@ledger/vault';
import { LedgerWithPapers } from '../../support/backed-up-ledger.js';
import { type Ended, onFullDisk, operator } from '../../support/operator.js';
import { type RunningLedger, startLedger } from '../../support/running-ledger.js';
import { pdf } from '../../support/sample-files.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

const directory = temporaryDirectory();
const at = (name: string): string => join(directory.path, name);
const PAPER = pdf('the paper of the receipt', 3000);
let papers: LedgerWithPapers;
let restored: RunningLedger;
let receipt = '';
let position = 0;
let asBackedUp: string[] = [];

const restoring = (to: string, ...more: string[]): Ended =>
  operator(['restore', '--from', at('backup'), '--to', to, ...more]);

const READS = (): string[] => [
  '/divisions?asOf=2024-06-30',
  '/books?asOf=2024-06-30',
  '/books?division=330603002&asOf=2024-06-30',
  `/books/${papers.books[0]}/balances?asOf=2024-01-31`,
  `/books/${papers.books[1]}/balances?asOf=2024-01-31`,
  `/books/${papers.books[0]}/vouchers?period=2024-01&asOf=2024-06-30`,
  `/books/${papers.books[0]}/vouchers/2024-01/1?asOf=2024-06-30`,
  '/villages/330603008201/income?from=2024-01&to=2024-01&asOf=2024-06-30',
  '/divisions/330603/income?from=2024-01&to=2024-12&asOf=2024-12-31&basis=restated',
  '/divisions/330603/households?asOf=2024-06-30',
  '/reports/monthly-income?scope=330603&period=2024-01&asOf=2024-06-30',
  '/reports/monthly-income?scope=330603&period=2024-01&asOf=2024-06-30&format=html',
  '/reports/monthly-income?scope=330603&period=2024-01&asOf=2024-06-30&format=csv',
];

const rightsOf = (name: string): string => (statSync(at(name)).mode & 0o777).toString(8);

/** The only key of a vault, as the master key wraps it. */
const wrappedIn = (name: string): Uint8Array => {
  const db = new DatabaseSync(at(`${name}/vault.db`));
  const { wrapped } = db.prepare('SELECT wrapped FROM subject_keys').get() as { wrapped: Uint8Array };
  db.close();
  return wrapped;
};

/** What a ledger answers as known at the end of the backup, each with its question and status. */
async function answers(ledger: RunningLedger): Promise<string[]> {
  const said: string[] = [];
  for (const path of READS()) {
    const { status, text } = await ledger.get(`${path}&knownAt=${position}`, {
      'ledger-min-position': String(position),
    });
    expect({ path, status, text: status === 200 ? '' : text }).toEqual({ path, status: 200, text: '' });
    said.push(`${path} ${status} ${text}`);
  }
  const { text } = await ledger.get(`/events?limit=${position}`);
  return [...said, JSON.stringify((JSON.parse(text) as { rows: unknown[] }).rows)];
}

beforeAll(async () => {
  papers = await LedgerWithPapers.start(directory.path);
  receipt = await papers.enter('once', PAPER);
  ({ position } = JSON.parse(receipt) as { position: number });
  expect(operator(['backup', '--data', at('data'), '--to', at('backup')])).toMatchObject({ status: 0 });
  // The ledger goes on after its backup.
  await papers.enter('later');
  asBackedUp = await answers(papers.ledger);
  expect(restoring(at('restored'))).toMatchObject({ status: 0 });
  restored = await startLedger(at('restored'));
});
afterAll(async () => {
  await papers.ledger.stop();
  await restored.stop();
  directory.remove();
});

describe('a restored ledger', () => {
  it('answers the same bytes as the ledger that was backed up', async () => {
    expect(await answers(restored)).toEqual(asBackedUp);
    expect((await restored.get<{ head: number }>('/health/ready')).body.head).toBe(position);
  });

  it('has the papers, byte for byte', async () => {
    const { status, text } = await restored.get(`/attachments/${PAPER.sha256}`);
    expect({ status, text }).toEqual({ status: 200, text: PAPER.bytes.toString() });
  });

  it('gives the first receipt again to a key of before, and goes on writing', async () => {
    expect(await papers.book('once', PAPER.sha256, restored)).toBe(receipt);
    const next = JSON.parse(await papers.book('new-one', PAPER.sha256, restored)) as { position: number };
    expect(next.position).toBe(position + 1);
  });

  it('is its owner’s alone', () => {
    expect(['restored', 'restored/attachments'].map(rightsOf)).toEqual(['700', '700']);
    expect(rightsOf('restored/log.db')).toBe('600');
  });

  it('says what it is and what is not in it', () => {
    const { status, output } = restoring(at('again'));
    expect(status).toBe(0);
    expect(output).toContain(`账本ledger.local至第${position}条事实`);
    expect(output).toContain('7处附件引用');
    expect(output).toContain('两个账本');
    expect(output).toContain(`rebuild --data ${at('again')}`);
    expect(readdirSync(at('again')).toSorted()).toEqual([
      'attachments',
      ...readdirSync(at('backup')).filter((name) => name.endsWith('.db')),
    ]);
  });
});

describe('a restore that cannot be made', () => {
  it.each([
    { of: 'into a directory that is in use', to: () => at('restored'), says: '已存在且不为空' },
    { of: 'into the backup itself', to: () => at('backup/data'), says: '请写到其外' },
    { of: 'where no disk is mounted', to: () => at('nowhere/data'), says: '请先挂载' },
  ])('says why: $of', ({ to, says }) => {
    expect(restoring(to())).toEqual({ status: 1, output: expect.stringContaining(says) });
  });

  it('says that there is no backup where it was sent', () => {
    mkdirSync(at('empty'));
    const { status, output } = operator(['restore', '--from', at('empty'), '--to', at('none')]);
    expect({ status, output }).toEqual({ status: 1, output: expect.stringContaining('无法读取manifest.json') });
  });

  it('leaves nothing where the disk fills up', () => {
    const { status, output } = onFullDisk(20_000, ['restore', '--from', at('backup'), '--to', at('full')]);
    expect({ status, output }).toEqual({
      status: 1,
      output: expect.stringContaining('无法读写,未恢复,未留下任何内容'),
    });
    expect(readdirSync(directory.path).filter((name) => name.startsWith('full'))).toEqual([]);
  });

  it('takes an empty directory for its own', () => {
    mkdirSync(at('waiting'));
    expect(restoring(at('waiting'))).toMatchObject({ status: 0 });
    writeFileSync(at('waiting/mine'), '');
    expect(restoring(at('waiting'))).toMatchObject({ status: 1 });
  });
});

describe('a restored ledger with accounts', () => {
  it('lets in nobody by a session or token of before, for it may have been revoked since; it is on record', async () => {
    const opened = (name: string) =>
      openIdentity(at(name), { now: () => Date.now(), onError: (error) => expect(error).toBeUndefined() });
    mkdirSync(at('staffed'));
    const log = openSqliteLog(at('staffed'));
    await ledgerOrigin(log, { name: 'keqiao', demo: false });
    await log.close();
    const before = opened('staffed');
    const password = (await firstAdministrator(before)) ?? '';
    const by = { account: 'admin', address: 'local', operation: 'test' };
    const { session, token } = await before.logIn('admin', password, by);
    const { token: apiToken } = before.makeToken({ name: 'statistics', to: shanghaiDate(Date.now()) }, by);
    expect([token, apiToken].map((secret) => before.credentialOf(secret)?.account)).toEqual(['admin', 'admin']);
    before.close();

    expect(operator(['backup', '--data', at('staffed'), '--to', at('of-staffed')])).toMatchObject({ status: 0 });
    const { status, output } = operator(['restore', '--from', at('of-staffed'), '--to', at('staffed-again')]);
    expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining('已结束全部会话和API令牌(2个)') });
    const after = opened('staffed-again');
    expect([token, apiToken].map((secret) => after.credentialOf(secret))).toEqual([undefined, undefined]);
    expect((await after.logIn('admin', password, by)).session.id).not.toBe(session.id);
    after.close();
    const db = new DatabaseSync(at('staffed-again/identity.db'));
    expect(
      db.prepare("SELECT account, what FROM access_record WHERE operation = 'restore' ORDER BY number").all(),
    ).toEqual([
      { account: 'ledger', what: 'session-revoked' },
      { account: 'ledger', what: 'token-revoked' },
    ]);
    db.close();
  });
});

describe('a restored vault', () => {
  const key = { keyId: 'a7b1c2d3-0000-8000-8000-000000000001', household: 'household-1', part: 'CONSENT' };

  it('has nothing of who was erased after the backup, and is not restored where that is not known', async () => {
    mkdirSync(at('people'));
    const log = openSqliteLog(at('people'));
    await ledgerOrigin(log, { name: 'keqiao', demo: false });
    const entered = { type: 'PersonalDataEntered', version: 1, division: '330603008201', effectiveOn: '2024-02-01' };
    await log.append({
      stream: 'household-household-1',
      expectedRevision: NO_STREAM,
      facts: [{ ...entered, data: { ...key, fields: ['note'] } }],
      by: { actor: 'clerk-1', commandId: 'a7b1c2d3-0000-8000-8000-000000000002' },
      fingerprint: 'ab'.repeat(32),
    });
    await log.close();
    const vault = new Vault(at('people'));
    vault.put({ ...key, document: { note: 'held' }, residentIds: [], revision: 0 });
    vault.close();
    const wrapped = wrappedIn('people');
    expect(operator(['backup', '--data', at('people'), '--to', at('of-people')])).toMatchObject({ status: 0 });
    const later = new Vault(at('people'));
    await later.destroy({ ...key, basis: 'CONSENT_WITHDRAWN', request: {} });
    later.close();

    const bring = ['restore', '--from', at('of-people'), '--to', at('people-again')];
    expect(operator(bring)).toEqual({ status: 1, output: expect.stringContaining('已删除的个人信息会重新出现') });
    const given = operator([...bring, '--destroyed-keys', at('people.destroyed-keys')]);
    expect(given).toMatchObject({ status: 0 });
    expect(readFileSync(at('people-again.destroyed-keys'), 'utf8')).toContain(key.keyId);
    const found = (file: string): boolean => readFileSync(at(file)).includes(wrapped);
    // The backup has the wrapped key still, so the same search would have found it.
    expect(found('of-people/vault.db')).toBe(true);
    for (const name of readdirSync(at('people-again'))) {
      if (name !== 'attachments')
        expect({ name, found: found(`people-again/${name}`) }).toEqual({ name, found: false });
    }
    copyFileSync(at('people/vault.key'), at('people-again/vault.key'));
    const again = new Vault(at('people-again'));
    expect(again.read(key.household, key.part, key.keyId)).toBeUndefined();
    again.close();
  });

  it('is whole where the operator says that nobody was ever erased', () => {
    const bring = ['restore', '--from', at('of-people'), '--to', at('people-whole'), '--nothing-destroyed'];
    expect(operator(bring)).toMatchObject({ status: 0 });
    copyFileSync(at('people/vault.key'), at('people-whole/vault.key'));
    const vault = new Vault(at('people-whole'));
    expect(vault.read(key.household, key.part, key.keyId)).toEqual({ note: 'held' });
    vault.close();
  });
});
