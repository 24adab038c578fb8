import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One directory for the whole run: what is costly to make, such as the demo, is made once and copied. */
export default function setup() {
  process.env['LEDGER_TEST_SHARED'] = mkdtempSync(join(tmpdir(), 'ledger-tests-'));
}
