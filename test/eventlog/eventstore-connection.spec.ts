import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { connectionString, type EventStoreAddress, openEventStoreLog, UnusableEventStore } from '@ledger/eventlog';
import { appendOf } from '../support/appends.js';
import { makeCertificate } from '../support/certificate.js';
import { givenProtocolServer } from '../support/event-store.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { tellAtTheEnd } from '../support/told-at-the-end.js';

/** What is said of an address that cannot be used. */
function refusal(address: EventStoreAddress): string {
  try {
    return `taken: ${connectionString(address)}`;
  } catch (error) {
    expect(error).toBeInstanceOf(UnusableEventStore);
    return (error as Error).message;
  }
}

describe('where EventStoreDB is said to be', () => {
  it('is taken with credentials and an authority of its own', () => {
    const url = 'esdb://node1:2113,node2:2113?keepAliveInterval=-1';
    expect(connectionString({ url, user: 'ledger', password: 'a/b:c', caFile: '/run/secrets/ca.crt' })).toBe(
      'esdb://ledger:a%2Fb%3Ac@node1:2113,node2:2113?keepAliveInterval=-1&tlsCAFile=%2Frun%2Fsecrets%2Fca.crt',
    );
    expect(connectionString({ url: 'esdb+discover://u:p@cluster.example' })).toBe(
      'esdb+discover://u:p@cluster.example',
    );
    expect(connectionString({ url: 'esdb://127.0.0.1:2113?tls=false' })).toBe('esdb://127.0.0.1:2113?tls=false');
    expect(connectionString({ url: 'esdb://n?tls_ca_file=a', caFile: 'b' })).toBe('esdb://n?tlsCAFile=b');
  });

  it.each(['esdb://127.0.0.1:2113', 'esdb://node1:2113,10.0.0.2:2113?tls=true'])(
    'is refused as a bare address under TLS: %s',
    (url) =>
      expect(refusal({ url })).toMatch(/节点[\d.]+:2113用了IP地址.*The node [\d.]+:2113 of EventStoreDB is a bare/u),
  );

  it.each([
    ['another kind of address', { url: 'http://u:secret@node1:2113' }, 'esdb://node:port'],
    ['a password without a user', { url: 'esdb://node1:2113', password: 'secret' }, 'go together'],
    ['credentials given twice', { url: 'esdb://u:secret@node1', user: 'v', password: 'secret' }, 'go together'],
    ['a password with an @ in it', { url: 'esdb://u:secret@x@node1' }, 'esdb://node:port'],
    ['a password with a colon in it', { url: 'esdb://u:secret:x@node1' }, 'percent-encoded'],
  ])('is refused as %s, and no password is repeated', (_, address, sentence) => {
    expect(refusal(address)).toContain(sentence);
    expect(refusal(address)).not.toContain('secret');
  });
});

const opened = async (address: EventStoreAddress) =>
  openEventStoreLog({ ...address, namespace: 'keqiao.demo', sequences: true });

describe('a node with TLS and users', () => {
  const directory = temporaryDirectory();
  afterAll(() => directory.remove());
  const certificate = makeCertificate(directory.path);
  const secured = certificate ? it : it.skip;
  if (!certificate) tellAtTheEnd('SKIPPED: no openssl on the path, so nothing is tested of TLS to EventStoreDB');

  secured(
    'is written to under its own authority, and refused by who does not know it or the password',
    async () => {
      const node = await givenProtocolServer({ certificate: certificate!, users: { ledger: 'right:word' } });
      const url = `esdb://localhost:${node.server.addresses[0]!.port}?keepAliveInterval=-1`;
      const known = { url, user: 'ledger', password: 'right:word', caFile: certificate!.caFile };
      try {
        const log = await opened(known);
        const { receipt } = await log.append(appendOf());
        expect(await log.positionOf(receipt)).toBe(1);
        await log.close();
        await expect(opened({ ...known, password: 'wrong' })).rejects.toThrow(/authenticat|access/iu);
        await expect(opened({ url, user: 'ledger', password: 'right:word' })).rejects.toThrow('no answer');
      } finally {
        await node.stop();
      }
    },
    30_000,
  );
});

describe('a log that cannot be opened', () => {
  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });

  it('leaves no connection behind', async () => {
    const node = await givenProtocolServer({ users: { ledger: 'word' } });
    ends.push(() => node.stop());
    const url = node.url.replace('ledger:word', 'ledger:other');
    await expect(openEventStoreLog({ url, namespace: 'closed', sequences: false })).rejects.toThrow(
      /authenticat|access/iu,
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(node.server.connections).toBe(0);
  });

  it('says that a node before 22.6 is too old, and ends nothing', async () => {
    const node = await givenProtocolServer({ tellsPositions: false });
    ends.push(() => node.stop());
    const told: unknown[] = [];
    const options = { url: node.url, namespace: 'old', sequences: true, persistMs: 0, orderWithinMs: 100 };
    const log = await openEventStoreLog({ ...options, onError: (error) => told.push(error) });
    ends.push(() => log.close());
    await log.append(appendOf()).catch(() => undefined);
    const until = Date.now() + 5_000;
    while (told.length === 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told[0]).toBeInstanceOf(UnusableEventStore);
    expect(String(told[0])).toMatch(/节点版本须为22\.6或更高.*a node of 22\.6 or later is needed/u);
    await expect(openEventStoreLog(options)).rejects.toThrow(UnusableEventStore);
  });
});
