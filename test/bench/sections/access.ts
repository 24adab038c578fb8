import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { aggregateOf, CommandHandling, ledgerOrigin } from '@ledger/commands';
import { type Command, commandIdOf, fingerprintOf, GrantRole, RegisterDivision, shanghaiDate } from '@ledger/domain';
import { openSqliteLog } from '@ledger/eventlog';
import { type AskedBy, openIdentity } from '@ledger/identity';
import type { Load, LoadResult } from '../load-client.js';
import { median, progress, quantile, thousands } from '../measure.js';
import type { Effort } from '../options.js';
import { type ApiProcess, inProcess, processorSecondsAtRest, startApi } from '../processes.js';
import type { Report } from '../report.js';

const NAME = 'ledger.bench';
const CONNECTIONS = 64;
/** Two processes of one program differ by some hundredths, for as long as they run: so each is started several times. */
const STARTS = 3;
const ROUNDS = 8;
/** Short rounds lie close together, and what else the machine does is in both sides of one. */
const ROUNDS_PER_RUN = 5;
const ONE_TOKEN = 'bench-token-of-32-visible-chars!';
const API = new URL('../../../apps/api/src/main.js', import.meta.url);
const CLIENT = new URL('../load-client.js', import.meta.url);
const VILLAGE = '330603008201';
const CLERK = 'clerk-1';

type Access = 'token' | 'accounts';

interface Side {
  readonly directory: string;
  readonly token: string;
}

interface Measured extends LoadResult {
  /** Of the api's processors, for one command, until its views are current. */
  readonly processorMs: number;
}

type Round = Readonly<Record<Access, Measured>>;

/**
 * What it costs to know who asks, what he may do and how far he sees: the same command by whoever holds the one token, and
 * by a clerk with an account and a grant. Registering a household decides little, so that the share of the rest is large.
 */
export async function benchAccess(report: Report, scratch: string, effort: Effort): Promise<void> {
  progress('access: one token and accounts in turn');
  const [ofToken, ofAccounts] = [join(scratch, 'access-token'), join(scratch, 'access-accounts')];
  mkdirSync(ofToken);
  const clerks = await openToClerk(ofToken);
  cpSync(ofToken, ofAccounts, { recursive: true });
  const sides = {
    token: { directory: ofToken, token: ONE_TOKEN },
    accounts: { directory: ofAccounts, token: clerks },
  };
  const rounds: Round[] = [];
  for (let start = 1; start <= STARTS; start++) {
    for (const round of await roundsOf(sides, start, effort)) {
      for (const { firstRefusal } of Object.values(round)) {
        report.check(firstRefusal === undefined, `a command was refused: ${firstRefusal}`);
      }
      rounds.push(round);
    }
  }
  describe(report, rounds, effort);
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

/** Both run all the time, and one of them has work. */
async function roundsOf(sides: Record<Access, Side>, start: number, effort: Effort): Promise<Round[]> {
  return during(sides, 'token', async (token) =>
    during(sides, 'accounts', async (accounts) => {
      const sent = async (access: Access, round: string, forMs: number): Promise<Measured> =>
        send({ token, accounts }[access], { token: sides[access].token, keys: `access-${start}-${round}`, forMs });
      for (const access of ['token', 'accounts'] as const) await sent(access, 'warm', effort.warmUpMs);
      const rounds: Round[] = [];
      for (let round = 1; round <= ROUNDS; round++) {
        const measured = await inTurn(round, async (access) =>
          sent(access, String(round), effort.restMs / ROUNDS_PER_RUN),
        );
        rounds.push(measured);
        const rates = `token ${thousands(rate(measured.token))}, accounts ${thousands(rate(measured.accounts))} req/s`;
        progress(`  start ${start}/${STARTS}, round ${round}/${ROUNDS}: ${rates}`);
      }
      return rounds;
    }),
  );
}

async function during<T>(
  sides: Record<Access, Side>,
  access: Access,
  work: (api: ApiProcess) => Promise<T>,
): Promise<T> {
  const api = await startApi(API, sides[access].directory, NAME, ONE_TOKEN, access);
  try {
    return await work(api);
  } finally {
    await api.stop();
  }
}

/** The other way round every second time: a machine that gets busier is on both sides. */
async function inTurn(round: number, sent: (access: Access) => Promise<Measured>): Promise<Round> {
  if (round % 2 === 1) return { token: await sent('token'), accounts: await sent('accounts') };
  return { accounts: await sent('accounts'), token: await sent('token') };
}

async function send({ url, pid }: ApiProcess, more: Pick<Load, 'token' | 'keys' | 'forMs'>): Promise<Measured> {
  const load: Load = {
    url,
    path: '/api/v1/households',
    books: [],
    connections: CONNECTIONS,
    effectiveOn: '2024-01-10',
    body: { village: VILLAGE, effectiveOn: '2024-01-10' },
    ...more,
  };
  const before = await processorSecondsAtRest(pid);
  const result = await inProcess<LoadResult>(CLIENT, [JSON.stringify(load)]);
  return { ...result, processorMs: (((await processorSecondsAtRest(pid)) - before) * 1000) / result.done };
}

function rate({ done, seconds }: LoadResult): number {
  return done / seconds;
}

function describe(report: Report, rounds: readonly Round[], { restMs }: Effort): void {
  const section = report.section(`Access: POST /api/v1/households, ${CONNECTIONS} connections`);
  const middle = (access: Access, read: (result: Measured) => number): number =>
    median(rounds.map((round) => read(round[access])));
  // Round by round, because a busy minute of the machine is in both sides of a round, and in no other round.
  const rates = rounds.map(({ token, accounts }) => rate(accounts) / rate(token));
  section.add({
    what: 'commands of a clerk with an account and a grant',
    measured: `${thousands(middle('accounts', rate))}/s`,
    reference: `with the one token: ${thousands(middle('token', rate))}/s`,
    ratio: median(rates),
    mark: '≥ 0.9 ×',
    reached: median(rates) >= 0.9,
  });
  const times = rounds.map(({ token, accounts }) => processor(accounts) / processor(token));
  section.add({
    what: 'processor time of one',
    measured: `${middle('accounts', processor).toFixed(3)} ms`,
    reference: `with the one token: ${middle('token', processor).toFixed(3)} ms`,
    ratio: median(times),
  });
  section.note(
    `${STARTS} starts of both, a warm-up each, then ${ROUNDS} rounds of ${restMs / ROUNDS_PER_RUN / 1000} s for either in turn; medians, the ratios those of the rounds.`,
  );
  section.note(`Ratios of commands: ${spread(rates)}. Of processor time: ${spread(times)}.`);
}

function processor({ processorMs }: Measured): number {
  return processorMs;
}

function spread(ratios: readonly number[]): string {
  const at = (share: number): string => quantile(ratios, share).toFixed(2);
  return `half of the ${ratios.length} rounds from ${at(0.25)} to ${at(0.75)}, all from ${at(0)} to ${at(1)}`;
}
