import assert from 'node:assert/strict';
import { openSqliteLogForReading } from '@ledger/eventlog';
import { rebuild, viewsFile } from '@ledger/readmodel';
import { dump } from './projected.js';
import type { LogCopy } from './log-copy.js';
import type { RunningLedger } from './running-ledger.js';
import { temporaryDirectory } from './temporary-directory.js';

interface Ready {
  readonly head: number;
  readonly lag: number;
}

/** Waits until the views of a ledger have caught up with a log of so many facts. */
export async function caughtUp(ledger: RunningLedger, facts: number): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const { body } = await ledger.get<Ready>('/health/ready');
    assert.equal(body.head, facts);
    if (body.lag === 0) return;
    assert.ok(Date.now() < deadline, `the views stand still: ${JSON.stringify(body)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The rows of a ledger that has caught up are, row by row, those of a replay of its log from zero. */
export async function viewsAreThoseOfAReplay({ directory }: RunningLedger): Promise<void> {
  const log = openSqliteLogForReading(directory);
  const replayed = temporaryDirectory();
  try {
    await rebuild(log, viewsFile(replayed.path));
    const live = dump(directory);
    for (const [table, rows] of Object.entries(dump(replayed.path))) {
      assert.ok(JSON.stringify(live[table]) === JSON.stringify(rows), `table ${table} differs from a replay`);
      delete live[table];
    }
    assert.deepEqual(Object.keys(live), []);
  } finally {
    await log.close();
    replayed.remove();
  }
}

/** What `GET /books/{id}/balances` answers is what the lines of the log's vouchers plainly add up to. */
export async function balancesAddUp(ledger: RunningLedger, books: readonly string[], copy: LogCopy): Promise<void> {
  for (const book of books) {
    const { body } = await ledger.get<{ rows: { account: string; balanceFen: number }[] }>(`/books/${book}/balances`);
    const answered = body.rows.filter(({ balanceFen }) => balanceFen !== 0);
    const summed = [...(copy.netFen.get(book) ?? [])].filter(([, net]) => net !== 0);
    assert.deepEqual(new Map(answered.map(({ account, balanceFen }) => [account, balanceFen])), new Map(summed));
  }
}
