import { rmSync } from 'node:fs';

export default function teardown() {
  rmSync(process.env['LEDGER_TEST_SHARED'], { recursive: true, force: true });
}
