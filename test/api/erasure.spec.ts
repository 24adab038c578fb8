import { once } from 'node:events';
import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { filesWith } from '../support/byte-search.js';
import { everythingOf, HouseholdPeople, ofConsent, ofStatute, wrappedKeysOf } from '../support/household-people.js';
import { madeUpPeople } from '../support/people.js';
import { type RunningLedger, spawnLedger, startLedger, TOKEN } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { gainBody, VillageBooks } from '../support/village-books.js';

const WHO = madeUpPeople(42);
const CONTROL = 'control.txt';
/** What an auditor adds up of the village, and the money that no household has anything to do with. */
const TOTALS = ['households', 'enrolments', 'projects', 'income?from=2024-01&to=2024-12'];

const outer = { path: '', remove: (): void => undefined };
let directory: string;
let ledger: RunningLedger;
let village: string;
let project: string;
let people: HouseholdPeople;

beforeEach(async () => {
  Object.assign(outer, temporaryDirectory());
  directory = join(outer.path, 'data');
  ledger = await startLedger(directory, { env: { LEDGER_LOG_LEVEL: 'trace' } });
  const books = new VillageBooks(ledger);
  await books.district();
  const opened = await books.book();
  ({ village } = opened);
  project = await books.project({ leadVillage: village, effectiveOn: '2024-02-10' });
  await books.income(opened.id, '2024-03-05', 70_00, { project });
  const ids = [];
  for (let i = 0; i < 3; i++) ids.push(await books.household(village, '2024-02-01'));
  for (const household of ids) {
    await books.accepted(`/projects/${project}/enrolments`, { household, role: 'HOST', effectiveOn: '2024-02-20' });
    await books.accepted(`/projects/${project}/gains`, gainBody('2024-12-01', { household }));
  }
  people = new HouseholdPeople(ledger, ids[0] ?? '');
  await people.consent();
  for (const body of [ofConsent(WHO), ofStatute(WHO)]) expect((await people.enter(body)).status).toBe(200);
});

afterEach(async () => {
  await ledger.kill();
  outer.remove();
});

const start = async (entry?: string, env: Record<string, string> = {}): Promise<void> => {
  ledger = await startLedger(directory, { env: { LEDGER_LOG_LEVEL: 'trace', ...env }, ...(entry && { entry }) });
  people = new HouseholdPeople(ledger, people.household);
};

/** Every total of the village and the project, as of a lasting position. */
async function totals(knownAt: number): Promise<unknown[]> {
  const paths = [
    ...TOTALS.map((what) => `/divisions/${village}/${what}`),
    `/projects/${project}?basis=booked`,
    `/projects/${project}/gains`,
    `/villages/${village}/gains`,
  ];
  return Promise.all(
    paths.map(async (path) => {
      const answer = await ledger.get(`${path}${path.includes('?') ? '&' : '?'}asOf=2024-12-31&knownAt=${knownAt}`);
      expect([path, answer.status]).toEqual([path, 200]);
      return answer.body;
    }),
  );
}

const head = async (): Promise<number> => (await ledger.get<{ head: number }>('/health/ready')).body.head;
const searched = (): Readonly<Record<string, string | Buffer>> => ({
  ...WHO,
  ...wrappedKeysOf(directory, people.household),
});

/** Nothing of it anywhere, while the same search finds what was put beside it in plain. */
function expectGone(wanted: Readonly<Record<string, string | Buffer>>): void {
  const control = join(directory, CONTROL);
  appendFileSync(
    control,
    Buffer.concat(Object.values(wanted).flatMap((text) => [Buffer.from(text), Buffer.from('|')])),
  );
  const found = filesWith(everythingOf(directory), wanted);
  rmSync(control);
  expect(found.toSorted()).toEqual(
    Object.keys(wanted)
      .map((name) => `${name} in ${control}`)
      .toSorted(),
  );
  for (const text of Object.values(WHO)) expect(ledger.output()).not.toContain(text);
}

async function expectErased(part: 'consent' | 'statutory' = 'consent'): Promise<void> {
  expect((await people.masked()).body[part]).toBeNull();
  const { body } = await ledger.get(`/households/${people.household}/consent?asOf=2099-12-31`);
  const rows = body['held'] as { part: string; status: string }[];
  expect(rows.find((row) => row.part === part.toUpperCase())?.status).toBe('erased');
}

describe('what was erased', () => {
  it('is in no byte while the ledger runs, nor after it ended; every total is the same, by replay too', async () => {
    const wanted = searched();
    expect(filesWith(everythingOf(directory), wanted)).not.toEqual([]);
    const before = await head();
    const sums = await totals(before);
    const kept = Object.keys(wrappedKeysOf(directory, people.household));
    expect(kept).toEqual(['key of CONSENT', 'key of STATUTORY']);
    expect((await people.withdraw('2024-06-30')).status).toBe(201);
    const { 'key of STATUTORY': _, ...gone } = wanted;
    expectGone(gone);
    await expectErased();
    expect(await totals(before)).toEqual(sums);
    const after = await head();
    const later = await totals(after);
    expect(withoutTimes(later)).toEqual(withoutTimes(sums));
    const exported = await people.export();
    expect(exported.text).not.toContain(WHO.residentId);
    await ledger.stop();
    expectGone(gone);
    for (const name of ['views-1.db', 'views-1.db-wal', 'views-1.db-shm', 'bookings.json']) {
      rmSync(join(directory, name), { force: true });
    }
    await start();
    expect(await totals(before)).toEqual(sums);
    expect(await totals(after)).toEqual(later);
    expectGone(gone);
  });

  it.each(['before-commit', 'after-commit'])(
    'is gone after a SIGKILL in the middle, at the moment %s of its fact',
    async (moment) => {
      const { 'key of STATUTORY': _, ...gone } = searched();
      await ledger.stop();
      await start('dist/test/support/failing-ledger.js', { FAILS_AT: moment, FAILS_IN: 'SubjectKeyDestroyed' });
      ledger.process.kill('SIGUSR2');
      await new Promise((resolve) => setTimeout(resolve, 200));
      const died = once(ledger.process, 'exit');
      const key = { 'idempotency-key': 'erase-once' };
      await expect(people.erase('CONSENT', key)).rejects.toThrow(/fetch failed/);
      await died;
      await start();
      expectGone(gone);
      await expectErased();
      const again = await people.erase('CONSENT', key);
      expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
      expect((await people.consentToday()).status).toBe(201);
      expect((await people.enter(ofConsent(WHO))).status).toBe(200);
    },
  );

  it('is gone after a SIGKILL when only the list says so', async () => {
    const { 'key of STATUTORY': _, ...gone } = searched();
    const { held } = (await ledger.get(`/households/${people.household}/consent?asOf=2099-12-31`)).body;
    expect(held).toMatchObject([{ part: 'CONSENT', status: 'held' }, { part: 'STATUTORY' }]);
    const keyId = (await exportedFacts()).find(({ data }) => data['part'] === 'CONSENT')?.data['keyId'];
    await ledger.kill();
    const line = { keyId, household: people.household, part: 'CONSENT', basis: 'SUBJECT_REQUEST', request: {} };
    appendFileSync(`${directory}.destroyed-keys`, `${JSON.stringify(line)}\n`);
    await start();
    expectGone(gone);
    await expectErased();
  });

  it('does not come back with an older copy of the data directory', async () => {
    const { 'key of STATUTORY': _, ...gone } = searched();
    await ledger.stop();
    const copy = join(outer.path, 'copy');
    cpSync(directory, copy, { recursive: true });
    await start();
    const before = await head();
    const sums = await totals(before);
    expect((await people.erase('CONSENT')).status).toBe(201);
    await ledger.stop();
    rmSync(directory, { recursive: true });
    cpSync(copy, directory, { recursive: true });
    expect(filesWith([directory], gone)).not.toEqual([]);
    rmSync(copy, { recursive: true });
    await start();
    expectGone(gone);
    await expectErased();
    expect(await totals(before)).toEqual(sums);
    expect((await people.reveal('CONSENT', 'LEGAL_DUTY', { basis: 'x-1' })).status).toBe(404);
  });
});

async function exportedFacts(): Promise<{ data: Record<string, unknown> }[]> {
  const facts = (await people.export()).body['facts'] as { fact: string }[];
  return facts.map(({ fact }) => JSON.parse(fact) as { data: Record<string, unknown> });
}

/** Answers for another position, without what names it. */
function withoutTimes(answers: readonly unknown[]): unknown[] {
  return answers.map((answer) => ({ ...(answer as object), knownAt: 0 }));
}

describe('a vault that is ahead of its log', () => {
  it('takes what is entered under a key that lives, and loses nothing that is acknowledged', async () => {
    const before = join(outer.path, 'before');
    await ledger.stop();
    cpSync(directory, before, { recursive: true });
    await start();
    const again = { 'idempotency-key': 'enter-again' };
    await people.erase('CONSENT');
    await people.consentToday();
    await people.enter(ofConsent(madeUpPeople(43)), again);
    await people.erase('CONSENT');
    await ledger.stop();
    const vault = ['vault.db', 'vault.key'];
    cpSync(before, directory, { recursive: true, filter: (from) => !vault.some((name) => from.includes(name)) });
    await start();
    expect((await people.masked()).body['consent']).toBeNull();
    // What the log lacks is recorded first, and ends the consent that it was entered by.
    expect((await people.correct(ofConsent(WHO), 'correct-43')).body['code']).toBe('CONSENT_MISSING');
    expect((await people.consentToday()).status).toBe(201);
    const corrected = await people.correct(ofConsent(WHO), 'correct-44');
    expect([corrected.status, corrected.body['code']]).toEqual([404, 'PERSONAL_DATA_UNKNOWN']);
    const body = ofConsent(madeUpPeople(43));
    const entered = await people.enter(body, again);
    expect([entered.status, (entered.body['facts'] as { type: string }[])[0]?.type]).toEqual([
      200,
      'PersonalDataEntered',
    ]);
    const repeated = await people.enter(body, again);
    expect([repeated.text, repeated.headers.get('idempotency-replayed')]).toEqual([entered.text, 'true']);
    const shown = await people.reveal('CONSENT', 'LEGAL_DUTY', { basis: 'x-1' });
    expect(shown.body['data']).toEqual(body.consent);
  });
});

const list = (): string => `${directory}.destroyed-keys`;

describe('a list of destroyed keys that was lost', () => {
  it('is written anew from the ledger at the next start, which says so once', async () => {
    await people.erase('CONSENT');
    await ledger.stop();
    const lines = readFileSync(list(), 'utf8').trimEnd().split('\n');
    rmSync(list());
    await start();
    expect(ledger.output()).toContain('缺少账本所记的1个已销毁密钥');
    expect(ledger.output()).toContain('lacked 1 keys that the ledger says were destroyed');
    const { keyId } = JSON.parse(lines[0] ?? '') as { keyId: string };
    expect(readFileSync(list(), 'utf8')).toContain(keyId);
    await ledger.stop();
    await start();
    expect(ledger.output()).not.toContain('已销毁密钥清单');
  });

  it('brings nobody back with an older vault: the log says who was erased', async () => {
    const { 'key of STATUTORY': _, ...gone } = searched();
    await ledger.stop();
    const vault = join(outer.path, 'vault.db');
    cpSync(join(directory, 'vault.db'), vault);
    await start();
    expect((await people.erase('CONSENT')).status).toBe(201);
    await ledger.kill();
    for (const name of ['vault.db', 'vault.db-wal', 'vault.db-shm']) rmSync(join(directory, name), { force: true });
    cpSync(vault, join(directory, 'vault.db'));
    rmSync(list());
    rmSync(vault);
    expect(filesWith([directory], gone)).not.toEqual([]);
    await start();
    expect(ledger.output()).toContain('缺少账本所记的1个已销毁密钥');
    expectGone(gone);
    await expectErased();
    expect((await people.masked()).body['statutory']).not.toBeNull();
  });
});

/** A start that fails: its exit code and what it said. */
async function failedStart(): Promise<{ code: number | null; output: string }> {
  const env = { PATH: process.env['PATH'] ?? '', PORT: '0', LEDGER_DATA: directory, LEDGER_DEMO: 'off' };
  const spawned = spawnLedger({ ...env, LEDGER_TOKEN: TOKEN, LEDGER_ACCESS: 'token' });
  await once(spawned.process, 'close');
  return { code: spawned.process.exitCode, output: spawned.output() };
}

describe('a vault that is wrong at the start', () => {
  it('is said in both languages where its master key is missing, and the books go on', async () => {
    await ledger.stop();
    rmSync(join(directory, 'vault.key'));
    await start();
    expect(ledger.output()).toContain('个人信息库已封存:缺少主密钥');
    expect(ledger.output()).toContain('The vault of personal data is sealed: its master key is missing');
  });

  it('is said in both languages where it is of another format or damaged, and nothing is started', async () => {
    await ledger.stop();
    const db = new DatabaseSync(join(directory, 'vault.db'));
    db.exec('PRAGMA user_version = 9');
    db.close();
    const ofAnother = await failedStart();
    expect(ofAnother).toEqual({ code: 1, output: expect.stringContaining('的格式为9') });
    expect(ofAnother.output).toContain('has format 9');
    writeFileSync(
      join(directory, 'vault.db'),
      'not a database, but long enough to be taken for the beginning of one'.repeat(99),
    );
    const damaged = await failedStart();
    expect(damaged).toEqual({ code: 1, output: expect.stringContaining('已损坏,未启动') });
    expect(damaged.output).toContain('is damaged, so it was not started');
    // Without a stack.
    expect(damaged.output).not.toContain('    at ');
  });
});
