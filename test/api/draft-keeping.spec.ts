import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Draft, type DraftStore, openDrafts, submitted, withdrawn } from '@ledger/drafts';
import { type EventLog, openMemoryLog } from '@ledger/eventlog';
import { DraftKeeping } from '../../apps/api/src/drafts/draft-keeping.js';
import { approvalCommandId } from '../../apps/api/src/drafts/drafted-commands.js';
import type { Runtime } from '../../apps/api/src/boot/runtime.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const DAY_MS = 86_400_000;
const at = '2024-02-01T02:30:00.000Z';
const closedAtMs = Date.parse(at);

let directory: ReturnType<typeof temporaryDirectory>;
let drafts: DraftStore;
let log: EventLog;
let nowMs: number;

beforeEach(() => {
  directory = temporaryDirectory();
  drafts = openDrafts(directory.path);
  nowMs = closedAtMs;
  log = openMemoryLog({ now: () => nowMs });
});

afterEach(() => {
  drafts.close();
  directory.remove();
});

function draft(id: string): Draft {
  const made = submitted(
    {
      id,
      command: 'RecordIncome',
      path: { book: 'book-1' },
      division: '330603008201',
      touched: ['330603008201'],
      book: 'book-1',
      summary: '租金',
      amountFen: 100,
      figures: 'a1',
      named: { preparedBy: 'clerk-1', reviewedBy: 'reviewer-1' },
    },
    { by: 'clerk-1', at },
  );
  drafts.add(made, { version: 1, body: { amountFen: 100 } }, 'f'.repeat(64));
  return made;
}

async function started(): Promise<void> {
  const keeping = new DraftKeeping({ log, drafts } as unknown as Runtime);
  await keeping.onApplicationBootstrap();
  keeping.onApplicationShutdown();
}

describe('at the start of a ledger', () => {
  it('drafts that were closed 400 days ago are forgotten, and none that is open', async () => {
    draft('open');
    for (let n = 0; n < 520; n++) {
      const one = draft(`closed-${n}`);
      drafts.replace(one, withdrawn(one, { by: 'clerk-1', at }), { closedAtMs });
    }
    nowMs = closedAtMs + 400 * DAY_MS;
    await started();
    expect(drafts.find('closed-0')).toBeDefined();
    nowMs += 1;
    await started();
    expect(drafts.find('closed-0')).toBeUndefined();
    expect(drafts.find('closed-519')).toBeUndefined();
    expect(drafts.find('open')).toBeDefined();
  });

  it('a draft is approved by whoever the log says, where the process died before it could say so itself', async () => {
    const one = draft('interrupted');
    draft('waiting');
    const facts = [{ type: 'IncomeRecorded', version: 1, division: one.division, effectiveOn: '2024-01-20', data: {} }];
    const by = { actor: 'reviewer-2', commandId: approvalCommandId(one.id) };
    await log.append({ stream: 'ledger-book-1-2024', expectedRevision: -1, facts, by, fingerprint: 'a'.repeat(64) });
    await started();
    expect(drafts.find('interrupted')).toMatchObject({
      status: 'APPROVED',
      signatures: { preparedBy: 'clerk-1', reviewedBy: 'reviewer-2' },
      recorded: { position: 1, stream: 'ledger-book-1-2024', revision: 0 },
      steps: [{ did: 'SUBMITTED' }, { did: 'SIGNED', by: 'reviewer-2', at }, { did: 'APPROVED', by: 'reviewer-2', at }],
    });
    expect(drafts.find('waiting')?.status).toBe('SUBMITTED');
  });
});
