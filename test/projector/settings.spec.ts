import { describe, expect, it } from '@jest/globals';
import { BadConfiguration } from '@ledger/settings';
import { projectorSettings } from '../../apps/projector/src/settings.js';

const CLUSTER = {
  LEDGER_PROFILE: 'cluster',
  LEDGER_NAME: 'keqiao.demo',
  LEDGER_EVENTSTORE_URL: 'esdb://node1:2113',
  LEDGER_DATABASE_URL: 'postgres://ledger_projector:secret@db:5432/ledger',
};

describe('the settings of a projector', () => {
  it('are those of its cluster', () => {
    expect(projectorSettings({ ...CLUSTER, LEDGER_SHARDS: '3', PROJECTOR_PORT: '0', LEDGER_HOST: '0.0.0.0' })).toEqual({
      cluster: { eventStoreUrl: 'esdb://node1:2113', databaseUrl: CLUSTER.LEDGER_DATABASE_URL },
      name: 'keqiao.demo',
      shards: 3,
      host: '0.0.0.0',
      port: 0,
      telemetry: { traces: false },
    });
  });

  it.each([
    [{ LEDGER_PROFILE: 'embedded' }, 'set LEDGER_PROFILE=cluster'],
    [{ LEDGER_SHARDS: '0' }, 'LEDGER_SHARDS must be a whole number from 1 to 99'],
    [{ PROJECTOR_PORT: '70000' }, 'PROJECTOR_PORT must be a whole number from 0'],
    [{ LEDGER_NAME: 'No Name' }, 'LEDGER_NAME must be lower-case'],
    [{ LEDGER_DATABASE_URL: undefined }, 'needs LEDGER_DATABASE_URL'],
  ])('are refused in both languages: %j', (changed, sentence) => {
    const settings = () => projectorSettings({ ...CLUSTER, ...changed });
    expect(settings).toThrow(BadConfiguration);
    expect(settings).toThrow(sentence);
    expect(settings).toThrow(/\p{Script=Han}/u);
  });
});
