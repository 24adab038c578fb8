import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { controllers } from '../../apps/api/src/controllers.js';
import { openapiDocument } from '../../apps/api/src/openapi/document.js';
import { fuzz } from '../fuzz/fuzz.js';
import type { Json } from '../fuzz/operations.js';
import { wrongInTheEnd } from '../fuzz/outcome.js';
import { type RunningLedger, startLedger, TOKEN } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const REQUESTS = 5_000;
const WITHIN_MS = 10 * 60_000;
const directory = temporaryDirectory();
let ledger: RunningLedger;

beforeAll(async () => {
  ledger = await startLedger(directory.path);
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

it(
  'answers what the document promises, whatever is asked, and records what it acknowledges and nothing else',
  async () => {
    const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
    process.stderr.write(`FUZZ_SEED=${seed}\n`);
    const document = JSON.parse(JSON.stringify(openapiDocument(controllers))) as Json;
    const credentials = [{ authorization: `Bearer ${TOKEN}`, principal: 'operator' }];
    const fuzzed = await fuzz({ url: ledger.url, document, credentials, requests: REQUESTS, seed });
    process.stderr.write(`${fuzzed.tally.table(fuzzed.operations)}\n`);
    expect(await wrongInTheEnd(ledger, fuzzed)).toEqual([]);
    expect(fuzzed.tally.sent).toBeGreaterThanOrEqual(REQUESTS);
  },
  WITHIN_MS,
);
