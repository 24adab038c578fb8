import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { logHead } from '../../support/log-head.js';
import type { RunningLedger } from '../../support/running-ledger.js';
import { as, type Staff, type StaffedScene, staffedScene, startStaffed } from '../../support/staffed-township.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';
import { incomeBody } from '../../support/village-books.js';

const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? (process.env['CI'] === 'true' ? 20 : 5));
const CLERKS = 4;
const V1 = { 'if-match': '"1"' };

interface Drafted extends Record<string, unknown> {
  readonly draft: { readonly id: string; readonly status: string; readonly amountFen: number };
}

let directory: ReturnType<typeof temporaryDirectory>;
let scene: StaffedScene;
let ledger: RunningLedger;

beforeEach(async () => {
  directory = temporaryDirectory();
  scene = await staffedScene(directory.path);
});

afterEach(async () => {
  await ledger.kill();
  directory.remove();
});

const rent = (amountFen: number) =>
  incomeBody('2024-01-20', amountFen, { preparedBy: 'clerk-1', reviewedBy: 'reviewer-1' });
const head = () => logHead(ledger);
const who = (account: string): Staff => as(ledger, account, scene);
const FEWEST = 12;
const ascending = (a: number, b: number) => a - b;
const submit = (amountFen: number, key: string) =>
  who('clerk-1').post<Drafted>(`/books/${scene.own.id}/income`, rent(amountFen), { 'idempotency-key': key });

/** Arms the process to die and asks; what is asked when it dies finds no answer. */
async function diesWhile(asked: () => Promise<unknown>): Promise<void> {
  const ended = once(ledger.process, 'exit', { signal: AbortSignal.timeout(20_000) });
  ledger.process.kill('SIGUSR2');
  const [died] = await Promise.allSettled([ended, asked()]);
  expect([died.status, ledger.process.signalCode]).toEqual(['fulfilled', 'SIGKILL']);
}

describe('a ledger that is killed while drafts are submitted', () => {
  it(
    'has every draft that it acknowledged, and one of each',
    async () => {
      process.stdout.write(`\nKILL TEST OF DRAFTS: ${ROUNDS} rounds (set KILL_ROUNDS, or 20 with CI=true)\n`);
      const acknowledged = new Map<string, number>();
      const asked = new Map<string, number>();
      for (let round = 0; round < ROUNDS; round++) {
        ledger = await startStaffed(directory.path);
        const submits = async (clerk: number): Promise<void> => {
          for (let n = 1; ; n++) {
            const [amountFen, key] = [clerk * 1_000_000 + round * 10_000 + n, `draft-${round}-${clerk}-${n}`];
            asked.set(key, amountFen);
            const { status, body } = await submit(amountFen, key);
            if (status !== 202) throw new Error(`${status}`);
            acknowledged.set(body.draft.id, amountFen);
          }
        };
        const all = Array.from({ length: CLERKS }, (_, clerk) => submits(clerk + 1).catch(() => undefined));
        // However slow the machine is, it dies in the middle of the work.
        while (acknowledged.size < FEWEST * (round + 1)) await sleep(5);
        await sleep(10 * (round % 5));
        await ledger.kill();
        await Promise.all(all);
      }
      ledger = await startStaffed(directory.path);
      expect(acknowledged.size).toBeGreaterThanOrEqual(FEWEST * ROUNDS);
      for (const [id, amountFen] of acknowledged) {
        const { body } = await who('clerk-1').get<Drafted>(`/drafts/${id}`);
        expect(body.draft).toMatchObject({ status: 'SUBMITTED', amountFen });
      }
      for (const [key, amountFen] of asked) expect((await submit(amountFen, key)).status).toBe(202);
      const amounts: number[] = [];
      for (let after = ''; ;) {
        const page: string = await who('clerk-1')
          .get<{ rows: { amountFen: number }[]; next: string | null }>(`/drafts?limit=500${after}`)
          .then(({ body }) => {
            amounts.push(...body.rows.map(({ amountFen }) => amountFen));
            return body.next ?? '';
          });
        if (page === '') break;
        after = `&after=${page}`;
      }
      expect(amounts.toSorted(ascending)).toEqual([...asked.values()].toSorted(ascending));
    },
    60_000 + ROUNDS * 15_000,
  );
});

describe('a ledger that dies while a draft is approved', () => {
  it('has recorded it when the append was made, and answers with the same receipt', async () => {
    ledger = await startStaffed(directory.path, { FAILS_AT: 'after-commit', FAILS_IN: 'IncomeRecorded' });
    const { id } = (await submit(100, 'rent')).body.draft;
    const before = await head();
    await diesWhile(() => who('reviewer-1').post(`/drafts/${id}/approve`, {}, V1));

    ledger = await startStaffed(directory.path);
    expect(await head()).toBe(before + 1);
    const found = await who('clerk-1').get<Drafted>(`/drafts/${id}`);
    expect(found.body.draft).toMatchObject({
      status: 'APPROVED',
      signatures: { preparedBy: 'clerk-1', reviewedBy: 'reviewer-1' },
      recorded: { position: before + 1 },
    });
    const again = await who('reviewer-1').post(`/drafts/${id}/approve`, {}, V1);
    expect([again.status, again.body['position'], again.headers.get('idempotency-replayed')]).toEqual([
      201,
      before + 1,
      'true',
    ]);
    const other = await who('reviewer-2').post(`/drafts/${id}/approve`, {}, V1);
    expect([other.status, other.body['code']]).toEqual([422, 'DRAFT_NOT_OPEN']);
    expect(await head()).toBe(before + 1);
  });

  it('has recorded nothing before the append, and records it once when it is approved again', async () => {
    ledger = await startStaffed(directory.path, { FAILS_AT: 'before-commit', FAILS_IN: 'IncomeRecorded' });
    const { id } = (await submit(100, 'rent')).body.draft;
    const before = await head();
    await diesWhile(() => who('reviewer-1').post(`/drafts/${id}/approve`, {}, V1));

    ledger = await startStaffed(directory.path);
    expect(await head()).toBe(before);
    expect((await who('clerk-1').get<Drafted>(`/drafts/${id}`)).body.draft.status).toBe('SUBMITTED');
    const approved = await who('reviewer-2').post(`/drafts/${id}/approve`, {}, V1);
    expect([approved.status, approved.body['position']]).toEqual([201, before + 1]);
    expect(await head()).toBe(before + 1);
  });
});
