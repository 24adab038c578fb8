import assert from 'node:assert/strict';
import { once } from 'node:events';
import { factIdOf } from '@ledger/domain';
import type { Moment } from '@ledger/eventlog';
import type { Retried } from './busy-township.js';
import { type RunningLedger, startLedger } from './running-ledger.js';

/** How a ledger dies in a round: by SIGKILL from outside at any time, or by its own hand at a moment of the write path. */
export interface Death {
  readonly name: string;
  readonly at?: Moment;
  /** The moment lies in the append that closes a year: closing vouchers, December and the year. */
  readonly inYearClose?: boolean;
}

const outside: Death = { name: 'SIGKILL from outside' };
const byTurns: readonly Death[] = [
  outside,
  { name: 'failpoint before a commit', at: 'before-commit' },
  outside,
  { name: 'failpoint after a commit, before the answer', at: 'after-commit' },
  outside,
  { name: 'failpoint inside a year close', at: 'inside-append', inYearClose: true },
  outside,
  { name: 'failpoint before the commit of a year close', at: 'before-commit', inYearClose: true },
  outside,
  { name: 'failpoint after the commit of a year close', at: 'after-commit', inYearClose: true },
];

export function deathOf(round: number): Death {
  return byTurns[round % byTurns.length] ?? outside;
}

/** A ledger that can die so; it lives on until `die`. */
export function startMortal(directory: string, { at, inYearClose = false }: Death): Promise<RunningLedger> {
  if (at === undefined) return startLedger(directory);
  const count = inYearClose ? (at === 'inside-append' ? between(2, 4) : 1) : between(300, 800);
  const env = { FAILS_AT: at, FAILS_ON: String(count), ...(inYearClose ? { FAILS_IN: 'YearClosed' } : {}) };
  return startLedger(directory, { entry: 'dist/test/support/failing-ledger.js', env });
}

/** From now on the moment may come; for a death from outside it comes in 600 to 1200 ms. Resolves when all is over. */
export async function die(ledger: RunningLedger, { name, at }: Death): Promise<void> {
  const { process: child } = ledger;
  const ended = once(child, 'exit', { signal: AbortSignal.timeout(20_000) });
  if (at === undefined) {
    await new Promise((resolve) => setTimeout(resolve, between(600, 1200)));
    assert.equal(child.exitCode ?? child.signalCode, null, `died by itself:\n${ledger.output()}`);
    child.kill('SIGKILL');
  } else child.kill('SIGUSR2');
  await ended;
  assert.equal(child.signalCode, 'SIGKILL', `${name}:\n${ledger.output()}`);
}

/** What was committed before the death is there without being asked again, and what was not left nothing behind. */
export function matchesItsDeath(ledger: RunningLedger, { name, at }: Death, retried: readonly Retried[]): void {
  if (at === undefined) return;
  const [, commandId] = /^died \S+ of (\S+)$/m.exec(ledger.output()) ?? [];
  assert.ok(commandId !== undefined, `it did not die by the ${name}`);
  const asked = retried.find(({ receipt }) => receipt?.facts[0]?.id === factIdOf(commandId, 0));
  assert.equal(asked?.replayed ?? false, at === 'after-commit', `command ${commandId} was there after the ${name}`);
}

function between(low: number, high: number): number {
  return low + Math.floor(Math.random() * (high - low + 1));
}
