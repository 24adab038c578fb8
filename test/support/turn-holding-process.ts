import { openSharedTurns } from '@ledger/postgres';

// Has a turn until it is told something, for tests that stop it meanwhile: `node turn-holding-process.js <url> <key>`.
const [, , url = '', key = ''] = process.argv;
const turns = openSharedTurns(url);
await turns.alone(key, async (stillAlone) => {
  process.stdout.write('has it\n');
  await new Promise((resolve) => process.stdin.once('data', resolve));
  try {
    stillAlone();
    process.stdout.write('still has it\n');
  } catch (error) {
    process.stdout.write(`${(error as Error).name}\n`);
  }
});
turns.close();
process.stdin.destroy();
