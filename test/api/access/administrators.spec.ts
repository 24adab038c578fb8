import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { accessAggregate, CommandHandling, ledgerOrigin } from '@ledger/commands';
import { commandIdOf, fingerprintOf, GrantRole } from '@ledger/domain';
import { openMemoryLog } from '@ledger/eventlog';
import { type Identity, openIdentity } from '@ledger/identity';
import { everything } from '@ledger/readmodel';
import type { FastifyRequest } from 'fastify';
import { Administrators } from '../../../apps/api/src/access/administrators.js';
import { GrantRegister } from '../../../apps/api/src/access/grant-register.js';
import { setPermit } from '../../../apps/api/src/access/permit.js';
import type { Runtime } from '../../../apps/api/src/boot/runtime.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

const directory = temporaryDirectory();
const ISSUER = 'https://id.example';
const TWO = ['admin-1', 'admin-2'] as const;
const by = (account: string) => ({ account, address: '127.0.0.1', operation: 'disableAccount' });
let identity: Identity;
let administrators: Administrators;

beforeAll(async () => {
  const log = openMemoryLog();
  const handling = new CommandHandling(log, await ledgerOrigin(log, { name: 'ledger.people', demo: false }));
  identity = openIdentity(directory.path, { now: () => log.now(), onError: () => undefined });
  for (const account of TWO) {
    await identity.addAccount(account, by('ledger'), { issuer: ISSUER, subject: account });
    const context = { actor: 'ledger', idempotencyKey: account, commandId: commandIdOf('ledger', account) };
    const said = { account, role: 'SYS_ADMIN', division: '330603', from: '2024-01-01' } as const;
    const command = Object.assign(new GrantRole(), said, {
      context: { ...context, fingerprint: fingerprintOf(GrantRole.name, said) },
    });
    await handling.handle(accessAggregate, command);
  }
  const runtime = { log, identity, oidc: { issuer: ISSUER } } as unknown as Runtime;
  administrators = new Administrators(runtime, new GrantRegister(runtime));
});

afterAll(() => {
  identity.close();
  directory.remove();
});

/** Takes its time, as a fact does that is written to a disk. */
async function disable(account: string, asker: string): Promise<void> {
  const request = {} as FastifyRequest;
  const permit = { principal: { id: asker, via: 'session' }, grants: [], scope: everything } as const;
  const given = { ...permit, seesAttachment: () => true };
  setPermit(request, given, async () => given);
  await administrators.butOne({ account }, request, async () => {
    await sleep(20);
    identity.disable(account, by(asker));
  });
}

it('one is left where two shut each other out while neither has finished', async () => {
  const [first, second] = await Promise.allSettled([disable('admin-2', 'admin-1'), disable('admin-1', 'admin-2')]);
  expect(first.status).toBe('fulfilled');
  expect(second).toMatchObject({ status: 'rejected', reason: { code: 'LAST_ADMINISTRATOR', field: 'id' } });
  expect(TWO.map((account) => identity.accounts.find(account)?.disabled)).toEqual([false, true]);
});
