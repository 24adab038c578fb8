import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { CorruptLog, type FactTypeHistory, factTypes, freeze, readFact, thaw } from '@ledger/domain';
import { changedDivisions } from '../support/changed-divisions.js';
import { firstConsent } from '../support/first-consent.js';
import { firstConversion } from '../support/first-conversion.js';
import { firstGrants } from '../support/first-grants.js';
import { firstHandover } from '../support/first-handover.js';
import { firstHousehold } from '../support/first-household.js';
import { firstProject } from '../support/first-project.js';
import { firstSettlement } from '../support/first-settlement.js';
import { firstReadings } from '../support/first-readings.js';
import { firstYear } from '../support/first-year.js';

const fixtures = new URL('../fixtures/', import.meta.url);
const namesOfFixtures = readdirSync(fixtures).filter((name) => /\.v\d+\.json$/.test(name));

/** The bytes of a fact as a ledger once wrote them; the file ends with a newline, the fact does not. */
function fixture(name: string): string {
  return readFileSync(new URL(name, fixtures), 'utf8').replace(/\n$/, '');
}

describe('the fixtures', () => {
  it('are one for every version of every fact type, and no other', () => {
    const expected = Object.entries(factTypes).flatMap(([type, { current }]) =>
      Array.from({ length: current }, (_, i) => `${type}.v${i + 1}.json`),
    );
    expect(namesOfFixtures.toSorted()).toStrictEqual(expected.toSorted());
  });

  it.each(namesOfFixtures)('%s says its own type and version, in one line', (name) => {
    const { type, version } = thaw(fixture(name));
    expect(`${type}.v${version}.json`).toBe(name);
    expect(fixture(name)).not.toContain('\n');
  });

  it.each(namesOfFixtures)('%s is read as the newest version of its type, with the envelope as it was', (name) => {
    const written = thaw(fixture(name));
    const read = readFact(fixture(name));
    expect(read.version).toBe(factTypes[read.type]?.current);
    expect({ ...read, version: written.version, data: written.data }).toStrictEqual(written);
    if (written.version === read.version) expect(read).toStrictEqual(written);
  });

  it.each(namesOfFixtures)(
    '%s has its fields in the order of the envelope: freezing it again gives the same bytes',
    (name) => {
      const { type, version, division, concerns, effectiveOn, data, stream, revision, ...by } = thaw(fixture(name));
      const { actor, commandId, causationId, correlationId } = by;
      const provenance = { actor, commandId, correlationId, ...(causationId === null ? {} : { causationId }) };
      const draft = { type, version, division, concerns, effectiveOn, data };
      const again = [0, 1, 2, 3, 4, 5].map((index) => freeze(draft, stream, revision, index, provenance));
      // The id tells which place in its append a fact had.
      expect(again).toContain(fixture(name));
    },
  );

  // When this fails, facts are written that the fixtures do not know: a new version and a new fixture are due, unless
  // no ledger has yet been written by the program as it was.
  it.each(Object.entries(factTypes))('of %s: deciders still write the newest version just so', (type, { current }) => {
    const written = [
      firstYear(),
      firstConversion(),
      changedDivisions(),
      firstHousehold(),
      firstConsent(),
      firstReadings(),
      firstProject(),
      firstSettlement(),
      firstGrants(),
      firstHandover(),
    ].flat();
    expect(written).toContain(fixture(`${type}.v${current}.json`));
  });
});

describe('reading stored bytes', () => {
  const opened = fixture('LedgerOpened.v1.json');
  const twoVersions: Record<string, FactTypeHistory> = {
    LedgerOpened: { current: 2, upcasters: { 1: (data) => ({ ...data, currency: 'CNY' }) } },
  };
  const inVersion = (version: unknown) => JSON.stringify({ ...thaw(opened), version });

  it('brings version 1 to version 2 and leaves the bytes as they were', () => {
    const before = opened.slice();
    const read = readFact(opened, twoVersions);
    expect(read).toStrictEqual({
      ...thaw(opened),
      version: 2,
      data: { name: 'keqiao-demo', demo: true, currency: 'CNY' },
    });
    expect(opened).toBe(before);
    expect(thaw(opened).version).toBe(1);
  });

  it('takes one step after the other', () => {
    const upcasters = {
      1: (data: object) => ({ ...data, steps: ['1→2'] }),
      2: (data: object) => ({ ...data, steps: ['steps' in data && data.steps, '2→3'].flat() }),
    };
    expect(readFact(opened, { LedgerOpened: { current: 3, upcasters } }).data).toMatchObject({ steps: ['1→2', '2→3'] });
    expect(readFact(inVersion(2), twoVersions).data).toStrictEqual({ name: 'keqiao-demo', demo: true });
  });

  it.each([
    ['a type that was never written', opened.replace('LedgerOpened', 'LedgerBurnt'), 'unknown fact type LedgerBurnt'],
    ['a type named like a property of every object', opened.replace('LedgerOpened', 'toString'), 'unknown fact type'],
    ['a version newer than the program', inVersion(2), 'LedgerOpened version 2 is newer than this program'],
    ['a version before the first', inVersion(0), 'no way to read LedgerOpened version 0'],
    ['bytes that are not JSON', opened.slice(0, -1), 'fact bytes are not JSON'],
  ])('stops at %s', (_, bytes, message) => {
    expect(() => readFact(bytes)).toThrow(CorruptLog);
    expect(() => readFact(bytes)).toThrow(message);
  });

  it('stops where the step between two versions is missing', () => {
    expect(() => readFact(opened, { LedgerOpened: { current: 2 } })).toThrow(CorruptLog);
    expect(() => readFact(opened, { LedgerOpened: { current: 2 } })).toThrow('no way to read LedgerOpened version 1');
  });
});
