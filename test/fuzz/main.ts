import 'reflect-metadata';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { fuzzBothLedgers } from './both-ledgers.js';

// Asks the built program more than the tests do, and something else each time: `npm run fuzz`,
// `FUZZ_REQUESTS=200000 FUZZ_SEED=7 FUZZ_NOW=2027-01-01T00:00:00+08:00 npm run fuzz`.

const requests = Number(process.env['FUZZ_REQUESTS'] ?? 50_000);
const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
const now = process.env['FUZZ_NOW'] ?? new Date().toISOString();
console.log(`FUZZ_SEED=${seed} FUZZ_REQUESTS=${requests} FUZZ_NOW=${now}`);
const directory = temporaryDirectory();
try {
  const { table, wrong } = await fuzzBothLedgers({ directory: directory.path, requests, seed, now });
  console.log(table);
  for (const sentence of wrong) console.error(sentence);
  if (wrong.length > 0) process.exitCode = 1;
} finally {
  directory.remove();
}
