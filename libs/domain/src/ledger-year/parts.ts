import { type Line, totals } from '@ledger/accounting';
import { MAX_REVERSIBLE_BYTES } from '../fact-size.js';
import type { Posting } from './facts.js';

/** Room for the fields that say which part it is. */
const PART_BYTES = 100;

/**
 * A posting as it is recorded: whole where it fits into a fact that can be reversed, else in parts of one append under
 * one voucher number. Only the whole balances, so every part says its total.
 */
export function inParts(posting: Posting): Posting[] {
  if (bytesOf(posting) <= MAX_REVERSIBLE_BYTES) return [posting];
  const head = bytesOf({ ...posting, lines: [] }) + PART_BYTES;
  const parts: Line[][] = [];
  let bytes = Infinity;
  for (const line of posting.lines) {
    const more = bytesOf(line) + 1;
    if (bytes + more > MAX_REVERSIBLE_BYTES) {
      parts.push([]);
      bytes = head;
    }
    parts.at(-1)?.push(line);
    bytes += more;
  }
  const { debitFen: totalFen } = totals(posting.lines);
  return parts.map((lines, index) => ({ ...posting, lines, part: index + 1, of: parts.length, totalFen }));
}

function bytesOf(value: object): number {
  return Buffer.byteLength(JSON.stringify(value));
}
