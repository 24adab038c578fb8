import 'reflect-metadata';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { fuzzBothLedgers } from './both-ledgers.js';

// Asks the built program more than the tests do: `npm run fuzz`, `FUZZ_REQUESTS=200000 FUZZ_SEED=7 npm run fuzz`.

const requests = Number(process.env['FUZZ_REQUESTS'] ?? 50_000);
const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
console.log(`FUZZ_SEED=${seed} FUZZ_REQUESTS=${requests}`);
const directory = temporaryDirectory();
try {
  const { tally, operations, wrong } = await fuzzBothLedgers({ directory: directory.path, requests, seed });
  console.log(tally.table(operations));
  for (const sentence of wrong) console.error(sentence);
  if (wrong.length > 0) process.exitCode = 1;
} finally {
  directory.remove();
}
