import type { Fact } from '../fact.js';
import type { LocalDate } from '../local-date.js';
import { Refusal } from '../refusal.js';
import { originOf, refusePersonalData } from '../rules.js';
import type {
  Gain,
  HouseholdGainWithdrawn,
  Job,
  JobWithdrawn,
  Sale,
  SaleWithdrawn,
  VisitorCount,
  VisitorCountWithdrawn,
} from './facts.js';
import { existingRecord, type ProposedProject, type Recorded, type RecordKind } from './project.js';
import { type RecordWithdrawal, WithdrawJob, WithdrawSale, WithdrawVisitorCount } from './record-commands.js';
import type { ProjectSetting } from './setting.js';

export type WithdrawalFact = SaleWithdrawn | VisitorCountWithdrawn | JobWithdrawn | HouseholdGainWithdrawn;

/** Repeats a record on its own day and names its fact, so that from then on it counts as never recorded. */
export function withdrawRecord(
  command: RecordWithdrawal,
  project: ProposedProject,
  { original }: ProjectSetting,
): WithdrawalFact {
  const { no, reason } = command;
  refusePersonalData({ reason });
  const record = recordKindOf(command);
  const known = existingRecord(project, record, no, 'no');
  if (original === undefined) throw new Refusal('RECORD_UNKNOWN', { project: project.proposed.id, record, no }, 'no');
  const { division, concerns, effectiveOn } = original;
  const head = { version: 1, division, ...(concerns.length === 0 ? {} : { concerns }), effectiveOn } as const;
  const more = { corrects: original.id, reason, ...originOf(command) };
  if (command instanceof WithdrawSale)
    return { type: 'SaleWithdrawn', ...head, data: { ...said<Sale>(original), ...more } };
  if (command instanceof WithdrawVisitorCount)
    return { type: 'VisitorCountWithdrawn', ...head, data: { ...said<VisitorCount>(original), ...more } };
  if (command instanceof WithdrawJob)
    return { type: 'JobWithdrawn', ...head, data: { ...said<Job>(original), ...endOf(known), ...more } };
  return { type: 'HouseholdGainWithdrawn', ...head, data: { ...said<Gain>(original), ...more } };
}

export function recordKindOf(command: RecordWithdrawal): RecordKind {
  if (command instanceof WithdrawSale) return 'sale';
  if (command instanceof WithdrawVisitorCount) return 'count';
  return command instanceof WithdrawJob ? 'job' : 'gain';
}

function endOf(job: Recorded & { readonly endedOn?: LocalDate }): { endedOn?: LocalDate } {
  return job.endedOn === undefined ? {} : { endedOn: job.endedOn };
}

/** What the record said; where its numbers came from is its own affair. */
function said<R extends Sale | VisitorCount | Job | Gain>({ data }: Fact): Omit<R, 'origin'> {
  const { origin: _, ...record } = data as R;
  return record;
}
