import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { itWith } from './support/it-with.js';
import { answersReadme, calls } from './support/readme-calls.js';
import { copiedDemo } from './support/recorded-demo.js';
import { type RunningLedger, startLedger } from './support/running-ledger.js';
import type { temporaryDirectory } from './support/temporary-directory.js';

// The README's calls and answers, run as written against the program as a newcomer starts it: with the demo district.
// test/cluster/readme.spec.ts runs them in the other profile.
let directory: ReturnType<typeof temporaryDirectory>;
let ledger: RunningLedger;

beforeAll(async () => {
  directory = await copiedDemo();
  ledger = await startLedger(directory.path, { env: { LEDGER_DEMO: 'on' } });
}, 300_000);

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

it('shows calls with their answers', () => expect(calls.length).toBeGreaterThanOrEqual(8));

itWith('bash', 'curl')('answers the calls of the README as the README says', () => answersReadme(ledger.url));
