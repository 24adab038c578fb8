import {
  AdjustSettlement,
  commandIdOf,
  decideProject,
  decideSettlement,
  emptyProject,
  evolveProject,
  freeze,
  type Organization,
  type ProjectCommand,
  projectStream,
  readFact,
  RetryShare,
  SetAllocationScheme,
  SettleIncome,
  type SettlementCommand,
  TellShareBooked,
  TellShareRefused,
} from '@ledger/domain';
import { LEAD, PARTNER, PROJECT, scheme, settingOf, started } from './given-project.js';
import { COLLECTIVE, isSettling } from './given-settlement.js';

const SIGNED = { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1' };

/** A month settled, refused, asked for again, booked and adjusted in a demo ledger: every fact, as its bytes. */
export function firstSettlement(): string[] {
  const stream = projectStream(PROJECT);
  const organization: Organization = {
    registered: { creditCode: COLLECTIVE, name: '合作社', kind: 'COLLECTIVE', village: PARTNER },
  } as unknown as Organization;
  const setting = settingOf({ demo: true, organizations: new Map([[COLLECTIVE, organization]]) });
  const facts: string[] = [];
  let project = emptyProject();
  for (const [i, command] of commands().entries()) {
    const by = { actor: 'officer-1', commandId: commandIdOf('officer-1', `first-settlement-${i}`) };
    const drafts = isSettling(command)
      ? decideSettlement(command, project, setting)
      : decideProject(command, project, setting);
    for (const [index, draft] of drafts.entries()) {
      const bytes = freeze(draft, stream, facts.length, index, by);
      facts.push(bytes);
      project = evolveProject(project, readFact(bytes));
    }
  }
  return facts;
}

function commands(): (ProjectCommand | SettlementCommand)[] {
  const of = { project: PROJECT };
  const share = { ...of, allocationNo: 1, village: PARTNER };
  const refused = { code: 'BOOK_UNKNOWN', messageZh: '没有账套', messageEn: 'There is no book' };
  return [
    ...started('2024-01-01'),
    scheme('2024-01-01', { [LEAD]: 6000, [PARTNER]: 4000 }),
    Object.assign(new SettleIncome(), {
      ...of,
      effectiveOn: '2024-02-29',
      amountFen: 8_600_000,
      account: '50106',
      settlement: { account: '112', party: 'brand-1' },
      summary: '一桌土菜2月分成',
      ...SIGNED,
      origin: 'SYNTHETIC' as const,
    }),
    Object.assign(new TellShareRefused(), { ...share, ...refused }),
    Object.assign(new RetryShare(), { ...share, organization: COLLECTIVE, origin: 'SYNTHETIC' as const }),
    Object.assign(new TellShareBooked(), { ...share, book: 'book-1', period: '2024-03', voucherNo: 7 }),
    Object.assign(new AdjustSettlement(), {
      ...of,
      period: '2024-02',
      amountFen: 8_800_000,
      reason: '补计食堂款',
      ...SIGNED,
      origin: 'SYNTHETIC' as const,
    }),
    Object.assign(new SetAllocationScheme(), {
      ...of,
      effectiveOn: '2024-02-01',
      shares: [
        { village: LEAD, basisPoints: 5000 },
        { village: PARTNER, basisPoints: 5000, organization: COLLECTIVE },
      ],
    }),
  ];
}
