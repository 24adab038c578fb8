import { aggregateOf, CommandHandling, type Handled, ledgerOrigin } from '@ledger/commands';
import { bookStream } from '@ledger/domain';
import { type EventLog, openSqliteLog } from '@ledger/eventlog';
import type { Config } from '../boot/config.js';
import { demoCommandId } from './asked.js';
import { journalOf, lastKeyOf } from './journal.js';
import { atOffice } from './office-days.js';
import { bookOf, divisions, FIRST_KEY, organizations } from './registers.js';
import { type Round, roundsOf } from './round.js';
import { type ScriptedClock, scriptedClock } from './scripted-clock.js';
import { villages } from './villages.js';

/** How many rounds of the demo are recorded. */
export interface Progress {
  readonly done: number;
  readonly of: number;
}

/**
 * Fills an empty data directory with ten villages' year 2024, as the people of a township would have recorded it: the
 * log's clock follows the story. The same every time, byte for byte. A demo that was interrupted is finished, since
 * what is recorded answers with its first receipt; any other log that holds facts is left alone.
 */
export async function recordDemo(
  { directory, name }: Pick<Config, 'directory' | 'name'>,
  onProgress: (progress: Progress) => void = progressLine(),
): Promise<void> {
  const clock = scriptedClock(atOffice('2024-01-02', -10));
  const log = openSqliteLog(directory, { clock });
  try {
    if (await isWanted(log)) await record(log, clock, name, onProgress);
  } finally {
    await log.close();
  }
}

async function isWanted(log: EventLog): Promise<boolean> {
  const head = await log.head();
  if (head === 0) return true;
  const { demo } = await ledgerOrigin(log, { name: '', demo: false });
  if (!demo) return false;
  const last = villages.findLast(({ yearOpen }) => yearOpen !== true);
  const finished = last !== undefined && (await log.receiptOf(demoCommandId(lastKeyOf(last)))) !== undefined;
  const begun = head === 1 || (await log.receiptOf(demoCommandId(FIRST_KEY))) !== undefined;
  return begun && !finished;
}

async function record(
  log: EventLog,
  clock: ScriptedClock,
  name: string,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  const handling = new CommandHandling(log, await ledgerOrigin(log, { name, demo: true }));
  const handle = async (round: Round): Promise<Handled[]> => {
    for (const { at } of round) clock.set(at);
    // One by one: together, who comes first would depend on what is folded already, as after an interruption.
    const handled: Handled[] = [];
    for (const { command } of round) handled.push(await handling.handle(aggregateOf(command), command));
    return handled;
  };
  for (const round of [...divisions(), organizations()]) await handle(round);
  const opened = await handle(villages.map(bookOf));
  const books = opened.map(({ receipt }) => receipt.stream.slice(bookStream('').length));
  const rounds = roundsOf(villages.flatMap((village, index) => journalOf(village, books[index] ?? '')));
  for (const [index, round] of rounds.entries()) {
    await handle(round);
    onProgress({ done: index + 1, of: rounds.length });
  }
}

const SLOW_MS = 1000;

/** Says nothing when all is done at once; else one line, which counts up where a terminal can show it. */
function progressLine(): (progress: Progress) => void {
  const startedMs = Date.now();
  const stepPercent = process.stdout.isTTY ? 1 : 100;
  let next: number | undefined;
  return ({ done, of }) => {
    if (next === undefined && Date.now() - startedMs < SLOW_MS) return;
    const percent = Math.floor((done * 100) / of);
    if (percent < (next ?? 0)) return;
    next = percent === 100 ? Infinity : Math.min(100, percent + stepPercent);
    process.stdout.write(`\r正在写入演示数据 recording the demo data  ${percent} %${done === of ? '\n' : ''}`);
  };
}
