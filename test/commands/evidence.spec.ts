import { describe, expect, it } from '@jest/globals';
import { type Attachments, CommandHandling, divisionAggregate, ledgerOrigin } from '@ledger/commands';
import { commandIdOf, type Evidence, fingerprintOf, readFact, RegisterDivision } from '@ledger/domain';
import { openMemoryLog } from '@ledger/eventlog';

const INVOICE: Evidence = { sha256: 'a'.repeat(64), mediaType: 'application/ofd', bytes: 18_432 };
const PHOTO: Evidence = { sha256: 'b'.repeat(64), mediaType: 'image/jpeg', bytes: 2_000_000 };

async function ledgerWith(...stored: readonly Evidence[]) {
  const log = openMemoryLog();
  const known = new Map(stored.map((attachment) => [attachment.sha256, attachment]));
  const attachments: Attachments = { find: async (sha256) => known.get(sha256) };
  const handling = new CommandHandling(log, await ledgerOrigin(log, { name: 'test', demo: false }), attachments);
  const register = async (evidence?: string[]) => {
    const fields = { code: '330603', name: '柯桥区', effectiveOn: '2020-01-01', ...(evidence && { evidence }) };
    const context = {
      actor: 'operator',
      idempotencyKey: 'k',
      commandId: commandIdOf('operator', 'k'),
      fingerprint: fingerprintOf('RegisterDivision', fields),
    };
    return handling.handle(divisionAggregate, Object.assign(new RegisterDivision(), fields, { context }));
  };
  const newest = async () => readFact((await log.readAfter((await log.head()) - 1, 1))[0]?.fact ?? '');
  return { log, known, register, newest };
}

describe('evidence', () => {
  it('is in the fact as type and length of what is stored, in the order in which it was named', async () => {
    const { register, newest } = await ledgerWith(INVOICE, PHOTO);
    await register([PHOTO.sha256, INVOICE.sha256]);
    expect((await newest()).evidence).toStrictEqual([PHOTO, INVOICE]);
    expect(JSON.stringify((await newest()).evidence[0])).toBe(
      `{"sha256":"${PHOTO.sha256}","mediaType":"image/jpeg","bytes":2000000}`,
    );
  });

  it('is an empty list where none is named', async () => {
    const { register, newest } = await ledgerWith(INVOICE);
    await register();
    expect((await newest()).evidence).toStrictEqual([]);
    expect((await newest()).data).not.toHaveProperty('evidence');
  });

  it('that is not stored is refused, and nothing is recorded', async () => {
    const { log, register } = await ledgerWith(INVOICE);
    const refused = register([INVOICE.sha256, PHOTO.sha256]);
    await expect(refused).rejects.toMatchObject({
      code: 'EVIDENCE_UNKNOWN',
      field: 'evidence.1',
      facts: { sha256: PHOTO.sha256 },
    });
    expect(await log.head()).toBe(1);
  });

  it('belongs to the request: the same key with other evidence is another one', async () => {
    const { register } = await ledgerWith(INVOICE, PHOTO);
    await register([INVOICE.sha256]);
    await expect(register([PHOTO.sha256])).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    await expect(register()).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('is not looked for again when a request is repeated', async () => {
    const { register, known } = await ledgerWith(INVOICE);
    await register([INVOICE.sha256]);
    known.clear();
    expect((await register([INVOICE.sha256])).replayed).toBe(true);
  });
});
