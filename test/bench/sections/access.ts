import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { aggregateOf, CommandHandling, ledgerOrigin } from '@ledger/commands';
import { type Command, commandIdOf, fingerprintOf, GrantRole, RegisterDivision, shanghaiDate } from '@ledger/domain';
import { openSqliteLog } from '@ledger/eventlog';
import { type AskedBy, openIdentity } from '@ledger/identity';
import type { Load, LoadResult } from '../load-client.js';
import { median, progress, thousands } from '../measure.js';
import type { Effort } from '../options.js';
import { inProcess, processorSeconds, startApi } from '../processes.js';
import type { Report } from '../report.js';

const NAME = 'ledger.bench';
const CONNECTIONS = 64;
const ROUNDS = 5;
const ONE_TOKEN = 'bench-token-of-32-visible-chars!';
const API = new URL('../../../apps/api/src/main.js', import.meta.url);
const CLIENT = new URL('../load-client.js', import.meta.url);
const VILLAGE = '330603008201';
const CLERK = 'clerk-1';

type Access = 'token' | 'accounts';

interface Measured extends LoadResult {
  /** Of the api's processors, for one command. */
  readonly processorMs: number;
}

/**
 * What it costs to know who asks, what he may do and how far he sees: the same command by whoever holds the one token, and
 * by a clerk with an account and a grant. Registering a household decides little, so that the share of the rest is large.
 */
export async function benchAccess(report: Report, scratch: string, { restMs, warmUpMs }: Effort): Promise<void> {
  progress('access: one token and accounts in turn');
  const directory = join(scratch, 'access');
  mkdirSync(directory);
  const tokens: Record<Access, string> = { token: ONE_TOKEN, accounts: await openToClerk(directory) };
  const measured: Record<Access, Measured[]> = { token: [], accounts: [] };
  for (let round = 1; round <= ROUNDS; round++) {
    // In turn, and the other way round every second time: a log that grows, or a busy minute, is on both sides.
    for (const access of round % 2 === 1 ? (['token', 'accounts'] as const) : (['accounts', 'token'] as const)) {
      const result = await run(directory, access, tokens[access], { round, restMs, warmUpMs });
      report.check(result.firstRefusal === undefined, `a command was refused: ${result.firstRefusal}`);
      measured[access].push(result);
      progress(`  round ${round}/${ROUNDS}: ${access} ${thousands(result.done / result.seconds)} req/s`);
    }
  }
  describe(report, measured, restMs);
}

/** A village, and the API token of its clerk. */
async function openToClerk(directory: string): Promise<string> {
  const log = openSqliteLog(directory);
  const handling = new CommandHandling(log, await ledgerOrigin(log, { name: NAME, demo: false }));
  const today = shanghaiDate(log.now());
  const ask = async <C extends Command>(type: new () => C, fields: Partial<C>): Promise<void> => {
    const fingerprint = fingerprintOf(type.name, fields);
    const context = {
      actor: 'ledger',
      idempotencyKey: fingerprint,
      commandId: commandIdOf('ledger', fingerprint),
      fingerprint,
    };
    const command = Object.assign(new type(), fields, { context });
    await handling.handle(aggregateOf(command), command);
  };
  for (const code of ['330603', '330603008', VILLAGE]) {
    await ask(RegisterDivision, { code, name: '示例村', effectiveOn: '2020-01-01' });
  }
  await ask(GrantRole, { account: CLERK, role: 'VILLAGE_CLERK', division: VILLAGE, from: today });
  const identity = openIdentity(directory, { now: () => log.now(), onError: (error) => progress(String(error)) });
  const by: AskedBy = { account: CLERK, address: 'local', operation: 'bench' };
  const subject = { issuer: 'https://sign-in.example', subject: CLERK };
  await identity.addAccount(CLERK, { ...by, account: 'ledger' }, subject);
  const { token } = identity.makeToken({ name: 'bench', to: today }, by);
  identity.close();
  await log.close();
  return token;
}

async function run(
  directory: string,
  access: Access,
  token: string,
  { round, restMs, warmUpMs }: Pick<Effort, 'restMs' | 'warmUpMs'> & { round: number },
): Promise<Measured> {
  const api = await startApi(API, directory, NAME, ONE_TOKEN, access);
  try {
    const load: Load = {
      url: api.url,
      path: '/api/v1/households',
      books: [],
      token,
      connections: CONNECTIONS,
      forMs: restMs,
      keys: `access-${access}-${round}`,
      effectiveOn: '2024-01-10',
      body: { village: VILLAGE, effectiveOn: '2024-01-10' },
    };
    const sent = async (more: Partial<Load>) => inProcess<LoadResult>(CLIENT, [JSON.stringify({ ...load, ...more })]);
    await sent({ forMs: warmUpMs, keys: `${load.keys}-warm` });
    const before = processorSeconds(api.pid);
    const result = await sent({});
    return { ...result, processorMs: ((processorSeconds(api.pid) - before) * 1000) / result.done };
  } finally {
    await api.stop();
  }
}

function describe(report: Report, measured: Readonly<Record<Access, readonly Measured[]>>, restMs: number): void {
  const section = report.section(`Access: POST /api/v1/households, ${CONNECTIONS} connections`);
  const of = (access: Access, read: (result: Measured) => number): number => median(measured[access].map(read));
  const rate = ({ done, seconds }: Measured): number => done / seconds;
  // Round by round, because a busy minute of the machine is in both of a round, and in no other.
  const ratio = median(measured.accounts.map((result, round) => rate(result) / rate(measured.token[round] ?? result)));
  section.add({
    what: 'commands of a clerk with an account and a grant',
    measured: `${thousands(of('accounts', rate))}/s`,
    reference: `with the one token: ${thousands(of('token', rate))}/s`,
    ratio,
    mark: '≥ 0.9 ×',
    reached: ratio >= 0.9,
  });
  const processor = (access: Access): number => of(access, ({ processorMs }) => processorMs);
  section.add({
    what: 'processor time of one',
    measured: `${processor('accounts').toFixed(2)} ms`,
    reference: `with the one token: ${processor('token').toFixed(2)} ms`,
    ratio: processor('accounts') / processor('token'),
  });
  section.note(
    `${ROUNDS} rounds of ${restMs / 1000} s in turn over one data directory, each after a start and a warm-up; medians, the first ratio that of the rounds.`,
  );
}
