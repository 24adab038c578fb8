import { expect, it } from '@jest/globals';
import { NO_STREAM, OutcomeUnknown, WrongRevision } from '@ledger/eventlog';
import * as fc from 'fast-check';
import { appendOf, rent } from '../../support/appends.js';
import type { Contract } from './harness.js';

export function unknownOutcomes(the: Contract): void {
  it('repeats nothing when a recorded append lost its answer', async () => {
    const append = appendOf({ facts: [rent('一月'), rent('二月')] });
    await the.loseNextAnswer('recorded');
    await expect(the.log.append(append)).rejects.toThrow(OutcomeUnknown);
    expect(await the.log.receiptOf(append.by.commandId)).toMatchObject({ receipt: { revision: 1 } });
    expect(await the.record(append)).toMatchObject({ replayed: true, receipt: { revision: 1 } });
    expect(await the.everything()).toHaveLength(2);
  });

  it('loses nothing when an append was lost before it was recorded', async () => {
    const append = appendOf();
    await the.loseNextAnswer('not recorded');
    await expect(the.log.append(append)).rejects.toThrow(OutcomeUnknown);
    expect(await the.log.receiptOf(append.by.commandId)).toBeUndefined();
    expect(await the.record(append)).toMatchObject({ replayed: false, receipt: { revision: 0 } });
    expect(await the.everything()).toHaveLength(1);
  });

  it('answers a recorded command with its receipt, though others have written since', async () => {
    const append = appendOf();
    await the.loseNextAnswer('recorded');
    await expect(the.log.append(append)).rejects.toThrow(OutcomeUnknown);
    await the.record(appendOf({ expectedRevision: 0 }));
    expect(await the.record(append)).toMatchObject({ replayed: true, receipt: { revision: 0 } });
  });

  it('has a lost command decided afresh when others have written since', async () => {
    const append = appendOf();
    await the.loseNextAnswer('not recorded');
    await expect(the.log.append(append)).rejects.toThrow(OutcomeUnknown);
    await the.record(appendOf());
    await expect(the.log.append(append)).rejects.toThrow(WrongRevision);
    expect(await the.record({ ...append, expectedRevision: 0 })).toMatchObject({ replayed: false });
  });

  it('records every command exactly once, however often its answer is lost before one comes through', async () => {
    let run = 0;
    const losses = fc.array(fc.constantFrom('recorded' as const, 'not recorded' as const), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.array(losses, { maxLength: 8 }), async (commands) => {
        const stream = `ledger-qianmei-${++run}`;
        let revision = NO_STREAM;
        for (const outcomes of commands) {
          const append = appendOf({ stream, expectedRevision: revision, facts: [rent('一月'), rent('二月')] });
          for (const outcome of outcomes) {
            await the.loseNextAnswer(outcome);
            await expect(the.log.append(append)).rejects.toThrow(OutcomeUnknown);
          }
          const { receipt, replayed } = await the.record(append);
          expect(replayed).toBe(outcomes.includes('recorded'));
          ({ revision } = receipt);
        }
        const recorded = await the.log.readStream(stream, 0, 1000);
        expect(recorded.map(({ fact }) => JSON.parse(fact).revision)).toStrictEqual(
          Array.from({ length: commands.length * 2 }, (_, i) => i),
        );
      }),
      { numRuns: 25 },
    );
  });
}
