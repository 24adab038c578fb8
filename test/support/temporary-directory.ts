import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory of the test's own; `remove` takes it away with all that is in it, and with the list of destroyed keys beside it. */
export function temporaryDirectory(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'ledger-test-'));
  const remove = (): void => {
    rmSync(path, { recursive: true, force: true });
    // The list of a ledger in it lies beside it.
    rmSync(`${path}.destroyed-keys`, { force: true });
  };
  return { path, remove };
}
