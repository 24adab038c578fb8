import 'reflect-metadata';
import { openapiDocument } from '../../apps/api/src/openapi/document.js';
import { controllers } from '../../apps/api/src/controllers.js';
import { startLedger, TOKEN } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { fuzz, type Fuzzed } from './fuzz.js';
import type { Json } from './operations.js';
import { wrongInTheEnd } from './outcome.js';

// Asks the built program more than the tests do: `npm run fuzz`, `FUZZ_REQUESTS=200000 FUZZ_SEED=7 npm run fuzz`.

const requests = Number(process.env['FUZZ_REQUESTS'] ?? 50_000);
const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
console.log(`FUZZ_SEED=${seed} FUZZ_REQUESTS=${requests}`);
const directory = temporaryDirectory();
const ledger = await startLedger(directory.path);
try {
  const document = JSON.parse(JSON.stringify(openapiDocument(controllers))) as Json;
  const credentials = [{ authorization: `Bearer ${TOKEN}`, principal: 'operator' }];
  const fuzzed: Fuzzed = await fuzz({ url: ledger.url, document, credentials, requests, seed });
  console.log(fuzzed.tally.table(fuzzed.operations));
  const wrong = await wrongInTheEnd(ledger, fuzzed);
  for (const sentence of wrong) console.error(sentence);
  if (wrong.length > 0) process.exitCode = 1;
} finally {
  await ledger.stop();
  directory.remove();
}
