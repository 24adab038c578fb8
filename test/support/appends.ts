import { type FactDraft, fingerprintOf, freeze, uuidV8 } from '@ledger/domain';
import { type Append, NO_STREAM } from '@ledger/eventlog';

/** Rent of a shop, small enough to be written often; the summary says which one it is. */
export function rent(summary: string): FactDraft {
  return {
    type: 'IncomeRecorded',
    version: 1,
    division: '330603008201',
    effectiveOn: '2024-03-15',
    data: { summary, amountFen: 12_800_00 },
  };
}

let commands = 0;

/** An append of one fact to a new stream, but for what the test says otherwise. */
export function appendOf(said: Partial<Append> & { readonly command?: string } = {}): Append {
  const { command = `command ${++commands}`, ...append } = said;
  return {
    stream: 'ledger-qianmei-2024',
    expectedRevision: NO_STREAM,
    facts: [rent('一季度店面租金')],
    by: { actor: 'accountant-1', commandId: uuidV8(command) },
    fingerprint: fingerprintOf('POST /vouchers', { summary: '一季度店面租金' }),
    ...append,
  };
}

/** The append with one fact of exactly so many bytes. */
export function ofBytes(bytes: number, append: Append): Append {
  const { stream, expectedRevision, by } = append;
  const empty = Buffer.byteLength(freeze(rent(''), stream, expectedRevision + 1, 0, by));
  return { ...append, facts: [rent('x'.repeat(bytes - empty))] };
}
