import { beforeEach, describe, expect, it } from '@jest/globals';
import { FoldedStreams } from '@ledger/commands';
import { type EventLog, openMemoryLog } from '@ledger/eventlog';
import { fact, VillageLedger } from '../readmodel/village-ledger.js';

const KEPT = 6;
const counting = { empty: () => ({ facts: 0 }), evolve: ({ facts }: { facts: number }) => ({ facts: facts + 1 }) };

let ledger: VillageLedger;
let streams: FoldedStreams;
/** The streams that were read from the log, in this order. */
let read: string[];

const add = async (stream: string): Promise<number> =>
  ledger.append(stream, fact('DivisionRegistered', '2024-01-10', {}));
const factsIn = async (stream: string): Promise<number> => (await streams.load(counting, stream)).state.facts;
const readFor = async (stream: string): Promise<string[]> => {
  read = [];
  await factsIn(stream);
  return read;
};

beforeEach(async () => {
  const log: EventLog = openMemoryLog();
  ledger = new VillageLedger(log);
  read = [];
  const readTexts: EventLog['readTexts'] = async (stream, from, limit) => {
    read.push(`${stream} from ${from}`);
    return log.readTexts(stream, from, limit);
  };
  streams = new FoldedStreams({ readTexts, revisionOf: async (stream) => log.revisionOf(stream) }, KEPT);
  for (const n of [1, 2, 3, 4, 5, 6, 7, 8, 9]) for (let i = 0; i < n; i++) await add(`count-${n}`);
});

describe('the states of recent streams', () => {
  it('are folded once, and then only what is new', async () => {
    expect(await factsIn('count-3')).toBe(3);
    expect(await readFor('count-3')).toEqual([]);
    await add('count-3');
    expect(await readFor('count-3')).toEqual(['count-3 from 3']);
    expect(await factsIn('count-3')).toBe(4);
  });

  it('stay where half as many others were used since, however many streams there were', async () => {
    for (const n of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
      await factsIn('count-1');
      await factsIn(`count-${n}`);
    }
    expect(await readFor('count-1')).toEqual([]);
    expect(await readFor('count-8')).toEqual([]);
  });

  it('are dropped where as many others were used since, and folded again', async () => {
    expect(await factsIn('count-2')).toBe(2);
    for (const n of [3, 4, 5, 6, 7, 8, 9]) await factsIn(`count-${n}`);
    expect(await readFor('count-2')).toEqual(['count-2 from 0']);
    expect(await factsIn('count-2')).toBe(2);
  });
});
