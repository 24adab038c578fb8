import { afterAll, expect, it } from '@jest/globals';
import { fuzzBothLedgers } from '../fuzz/both-ledgers.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const REQUESTS = 5_000;
const WITHIN_MS = 10 * 60_000;
const directory = temporaryDirectory();

afterAll(() => directory.remove());

it(
  'answers what the document promises, whatever is asked, and records what it acknowledges and nothing else',
  async () => {
    const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
    process.stderr.write(`FUZZ_SEED=${seed}\n`);
    const { tally, operations, wrong } = await fuzzBothLedgers({ directory: directory.path, requests: REQUESTS, seed });
    process.stderr.write(`${tally.table(operations)}\n`);
    expect(wrong).toEqual([]);
    expect(tally.sent).toBeGreaterThanOrEqual(REQUESTS);
  },
  WITHIN_MS,
);
