import { afterAll, expect, it } from '@jest/globals';
import { fuzzBothLedgers } from '../fuzz/both-ledgers.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const REQUESTS = 5_000;
const WITHIN_MS = 10 * 60_000;
/** The same requests on the same day each time: a run that fails has found a change. `npm run fuzz` asks others. */
const SEED = 20_260_630;
const NOW = '2026-06-30T09:00:00+08:00';
const directory = temporaryDirectory();

afterAll(() => directory.remove());

it(
  'answers what the document promises, whatever is asked, and records what it acknowledges and nothing else',
  async () => {
    const seed = Number(process.env['FUZZ_SEED'] ?? SEED);
    const now = process.env['FUZZ_NOW'] ?? NOW;
    process.stderr.write(`FUZZ_SEED=${seed} FUZZ_NOW=${now}\n`);
    const { table, sent, wrong } = await fuzzBothLedgers({ directory: directory.path, requests: REQUESTS, seed, now });
    process.stderr.write(`${table}\n`);
    expect(wrong).toEqual([]);
    expect(sent).toBeGreaterThanOrEqual(REQUESTS);
  },
  WITHIN_MS,
);
