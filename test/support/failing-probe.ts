import { writeSync } from 'node:fs';
import type { Probe } from '@ledger/eventlog';

/**
 * Once SIGUSR2 has armed it, kills its process at a moment of the write path: FAILS_AT is the moment, FAILS_IN
 * (optional) a type of fact that the append must have, FAILS_ON counts such moments.
 */
export function failingProbe({ FAILS_AT, FAILS_IN, FAILS_ON = '1' }: NodeJS.ProcessEnv): Probe {
  let left = Number(FAILS_ON);
  let armed = false;
  process.once('SIGUSR2', () => {
    armed = true;
  });
  return (moment, { facts, by }) => {
    if (!armed || moment !== FAILS_AT) return;
    if (FAILS_IN !== undefined && !facts.some(({ type }) => type === FAILS_IN)) return;
    if (--left > 0) return;
    writeSync(1, `died ${moment} of ${by.commandId}\n`);
    process.kill(process.pid, 'SIGKILL');
  };
}
