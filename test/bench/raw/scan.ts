import { hash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { openLogFile, type StoredFact } from './log-file.js';

const PAGE = 1000;

interface Voucher {
  data: { book?: string; period?: string; lines?: { account: string; side: string; amountFen: number }[] };
}

/** Calls back with every row of a log file, in pages, which node:sqlite reads fastest. */
export function scanned(file: string, onFact: (fact: StoredFact) => void): number {
  const db = openLogFile(file);
  const after = db.prepare(
    'SELECT position, recorded_at, leaf, fact FROM facts WHERE position > ? ORDER BY position LIMIT ?',
  );
  let position = 0;
  for (;;) {
    const page = after.all(position, PAGE) as unknown as StoredFact[];
    for (const fact of page) onFact(fact);
    const last = page.at(-1);
    if (last === undefined) break;
    position = last.position;
  }
  db.close();
  return position;
}

/** Scan, parse and add up: one sum for each month of an account of a book. Returns facts a second. */
export function scanParseFold(file: string): number {
  const sums = new Map<string, { debit: number; credit: number }>();
  const started = performance.now();
  const facts = scanned(file, ({ fact }) => {
    const { data } = JSON.parse(fact) as Voucher;
    if (data.lines === undefined) return;
    for (const line of data.lines) {
      const key = `${data.book} ${line.account} ${data.period}`;
      let sum = sums.get(key);
      if (sum === undefined) sums.set(key, (sum = { debit: 0, credit: 0 }));
      if (line.side === 'debit') sum.debit += line.amountFen;
      else sum.credit += line.amountFen;
    }
  });
  return facts / ((performance.now() - started) / 1000);
}

/** Scan and hash the stored texts, comparing nothing. Returns facts a second. */
export function scanAndHash(file: string): number {
  const started = performance.now();
  const facts = scanned(file, ({ fact }) => void hash('sha256', fact, 'hex'));
  return facts / ((performance.now() - started) / 1000);
}

/** Reads 100 facts of one stream after another and parses them. Returns streams a second. */
export function readStreams(file: string, streams: readonly { id: number; from: number }[]): number {
  const db = openLogFile(file);
  const ofStream = db.prepare(
    `SELECT position, recorded_at, remaining, leaf, fact FROM facts
     WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT 100`,
  );
  const started = performance.now();
  for (const { id, from } of streams) {
    for (const { fact } of ofStream.all(id, from) as unknown as StoredFact[]) JSON.parse(fact);
  }
  const perSecond = streams.length / ((performance.now() - started) / 1000);
  db.close();
  return perSecond;
}

/** The rows of all tables of a file. */
export function rowsIn(file: string): number {
  const db = new DatabaseSync(file, { readOnly: true });
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'").all();
  let rows = 0;
  for (const { name } of tables as { name: string }[])
    rows += (db.prepare(`SELECT count(*) AS n FROM ${name}`).get() as { n: number }).n;
  db.close();
  return rows;
}
