import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { NO_STREAM, type RecordedFact } from '@ledger/eventlog';
import { appendOf, rent } from '../../support/appends.js';
import type { Contract } from './harness.js';

interface Reader {
  readonly batches: (readonly RecordedFact[])[];
  readonly ended: () => boolean;
  positions(): number[];
  /** Waits until the tail has come to a position. */
  reaches(position: number): Promise<void>;
  stop(): void;
}

const upTo = (position: number, from = 1) => Array.from({ length: position - from + 1 }, (_, i) => from + i);

export function tailing(the: Contract): void {
  const follow = (position: number): Reader => {
    const batches: (readonly RecordedFact[])[] = [];
    let ended = false;
    const subscription = the.log.tail(position).subscribe({
      next: (batch) => batches.push(batch),
      complete: () => (ended = true),
    });
    const positions = () => batches.flatMap((batch) => batch.map((fact) => fact.position));
    return {
      batches,
      ended: () => ended,
      positions,
      reaches: async (wanted) => {
        while ((positions().at(-1) ?? position) < wanted) await pause(1);
      },
      stop: () => subscription.unsubscribe(),
    };
  };
  /** Five streams, each written by its own hand: appends of one, two and three facts in turn. */
  const write = async (year: number, appends: number): Promise<void> => {
    await Promise.all(
      upTo(5).map(async (village) => {
        let revision = NO_STREAM;
        for (let i = 0; i < appends; i++) {
          const facts = upTo((i % 3) + 1).map((part) => rent(`第${part}部分`));
          await the.log.append(appendOf({ stream: `ledger-${village}-${year}`, expectedRevision: revision, facts }));
          revision += facts.length;
        }
      }),
    );
  };

  it('gives what is there, then what comes, though the reader begins in the middle of the writing', async () => {
    const writing = write(2023, 30).then(() => write(2024, 30));
    await pause(2);
    const reader = follow(0);
    await writing;
    await reader.reaches(600);
    expect(reader.positions()).toStrictEqual(upTo(600));
    expect(reader.batches.flat()).toStrictEqual(await the.everything());
    reader.stop();
  });

  it('gives only whole appends', async () => {
    const reader = follow(0);
    await write(2024, 30);
    await reader.reaches(300);
    expect(reader.batches.map((batch) => batch.at(-1)?.remaining)).toStrictEqual(reader.batches.map(() => 0));
    reader.stop();
  });

  it('begins after the position that it is given', async () => {
    await write(2023, 6);
    const reader = follow(40);
    await write(2024, 6);
    await reader.reaches(120);
    expect(reader.positions()).toStrictEqual(upTo(120, 41));
    reader.stop();
  });

  it('gives a long past in batches, and no append in two of them', async () => {
    for (let year = 2000; year < 2006; year++) {
      await the.record(appendOf({ stream: `ledger-qianmei-${year}`, facts: upTo(400).map((i) => rent(`第${i}户`)) }));
    }
    const reader = follow(0);
    await reader.reaches(2400);
    expect(reader.batches.map((batch) => batch.length)).toStrictEqual([800, 800, 800]);
    reader.stop();
  });

  it('serves several readers, and stops for the one that leaves', async () => {
    const readers = [follow(0), follow(0), follow(0)] as const;
    await write(2023, 6);
    await Promise.all(readers.map((reader) => reader.reaches(60)));
    readers[1].stop();
    await write(2024, 6);
    await Promise.all([readers[0].reaches(120), readers[2].reaches(120)]);
    expect(readers.map((reader) => reader.positions())).toStrictEqual([upTo(120), upTo(60), upTo(120)]);
    readers[0].stop();
    readers[2].stop();
  });

  it('lets a reader leave in the middle of a batch of its past', async () => {
    await the.record(appendOf({ facts: upTo(500).map((i) => rent(`第${i}户`)) }));
    await the.record(appendOf({ expectedRevision: 499, facts: upTo(500).map((i) => rent(`第${i}户`)) }));
    await the.record(appendOf({ expectedRevision: 999, facts: upTo(500).map((i) => rent(`第${i}户`)) }));
    const seen: number[] = [];
    const subscription = the.log.tail(0).subscribe((batch) => {
      seen.push(batch.length);
      subscription.unsubscribe();
    });
    while (seen.length === 0) await pause(1);
    await pause(20);
    expect(seen).toStrictEqual([1000]);
  });

  it('ends when the log is closed', async () => {
    await the.record(appendOf());
    const reader = follow(0);
    await reader.reaches(1);
    await the.log.close();
    expect(reader.ended()).toBe(true);
    expect(reader.positions()).toStrictEqual([1]);
  });
}
