import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { commandIdOf, factTypes, fingerprintOf, thaw } from '@ledger/domain';
import { type EventLog, NO_STREAM, openMemoryLog } from '@ledger/eventlog';
import { type FactPlace, placeOf } from '@ledger/views';
import { readOf, seesAll } from '../../../apps/api/src/access/facts-in-sight.js';
import { rules } from '../../../apps/api/src/access/rules/index.js';
import { eventPage } from '../../../apps/api/src/read/event-pages.js';

/** Appends of so many facts each, all of one division. */
async function logOf(...appends: readonly { division: string; facts: number }[]): Promise<EventLog> {
  const log = openMemoryLog();
  for (const [n, { division, facts }] of appends.entries()) {
    const draft = { type: 'HouseholdRegistered', version: 1, division, effectiveOn: '2024-01-01', data: { n } };
    await log.append({
      stream: `household-${n}`,
      expectedRevision: NO_STREAM,
      facts: Array.from({ length: facts }, () => draft),
      by: { actor: 'clerk-1', commandId: commandIdOf('clerk-1', String(n)) },
      fingerprint: fingerprintOf('test', { n }),
    });
  }
  return log;
}

const MINE = '330603008201';
const OTHER = '330603008202';
const seesMine = ({ touched }: FactPlace): boolean => touched.includes(MINE);

describe('a page of facts', () => {
  it('holds those that the reader sees, and goes on behind those that he does not', async () => {
    const log = await logOf({ division: OTHER, facts: 3 }, { division: MINE, facts: 2 }, { division: OTHER, facts: 1 });
    const asked = { after: 0, knownAt: 6, sees: seesMine };
    const whole = await eventPage(log, { ...asked, limit: 10 });
    expect([whole.facts.map(({ position }) => position), whole.reached]).toEqual([[4, 5], 6]);
    const all = await eventPage(log, { ...asked, limit: 10, sees: seesAll });
    expect([all.facts.length, all.reached]).toEqual([6, 6]);
  });

  it('ends where an append ends, unless one is larger than the page', async () => {
    const log = await logOf({ division: MINE, facts: 2 }, { division: MINE, facts: 3 });
    const page = async (after: number, limit: number, sees = seesMine) => {
      const { facts, reached } = await eventPage(log, { after, knownAt: 5, limit, sees });
      return [facts.map(({ position }) => position), reached];
    };
    for (const sees of [seesMine, seesAll]) {
      expect(await page(0, 4, sees)).toEqual([[1, 2], 2]);
      expect(await page(2, 2, sees)).toEqual([[3, 4], 4]);
      expect(await page(4, 2, sees)).toEqual([[5], 5]);
    }
  });

  it('is short rather than late for who sees little of a long ledger', async () => {
    const log = await logOf(...Array.from({ length: 24 }, () => ({ division: OTHER, facts: 500 })));
    const asked = { knownAt: 12_000, limit: 100, sees: seesMine };
    expect(await eventPage(log, { ...asked, after: 0 })).toEqual({ facts: [], reached: 10_000 });
    expect(await eventPage(log, { ...asked, after: 10_000 })).toEqual({ facts: [], reached: 12_000 });
  });
});

describe('a fact', () => {
  const fixtures = new URL('../../fixtures/', import.meta.url);

  it.each(readdirSync(fixtures).filter((name) => name.endsWith('.json')))(
    '%s has a read that tells the same',
    (name) => {
      const place = placeOf(thaw(readFileSync(new URL(name, fixtures), 'utf8')));
      expect(Object.keys(factTypes)).toContain(place.type);
      // The first fact of a ledger says its name, which is on every paper.
      if (place.type === 'LedgerOpened') return;
      expect(Object.keys(rules)).toContain(readOf(place));
    },
  );
});
