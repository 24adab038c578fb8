import { commandIdOf, freeze, type ProjectCommand, projectStream, readFact } from '@ledger/domain';
import {
  type AnyFact,
  approve,
  close,
  complete,
  decideAfter,
  endJob,
  enrol,
  gain,
  job,
  join,
  LEAD,
  leave,
  PARTNER,
  PROJECT,
  projectOf,
  propose,
  resume,
  revisionNamed,
  sale,
  scheme,
  start,
  suspend,
  THIRD,
  visitors,
  withdraw,
  withdrawCount,
  withdrawGain,
  withdrawJob,
  withdrawSale,
} from './given-project.js';

/** A project from its proposal to its close in a demo ledger, decided by the decider: every fact, as its bytes. */
export function firstProject(): string[] {
  const stream = projectStream(PROJECT);
  const recorded: AnyFact[] = [];
  const facts: string[] = [];
  for (const [i, command] of commands().entries()) {
    const by = { actor: 'officer-1', commandId: commandIdOf('officer-1', `first-project-${i}`) };
    const original = facts[revisionNamed(projectOf(recorded), command) ?? -1];
    const beside = { demo: true, ...(original === undefined ? {} : { original: readFact(original) }) };
    const drafts = decideAfter(recorded, command, beside);
    recorded.push(...drafts);
    for (const [index, draft] of drafts.entries()) {
      facts.push(freeze(draft, stream, facts.length, index, by));
    }
  }
  return facts;
}

function commands(): ProjectCommand[] {
  return [
    propose('2024-01-10', {
      types: ['BRAND_LED', 'JOINT'],
      programmes: ['GREEN_RURAL_REVIVAL'],
      origin: 'SYNTHETIC',
    }),
    approve('2024-02-01', { resolution: 'resolution-3' }),
    join(THIRD, '2024-02-10'),
    leave(THIRD, '2024-02-20', '另有安排'),
    scheme('2024-02-01', { [LEAD]: 6000, [PARTNER]: 4000 }),
    start('2024-03-01'),
    enrol('household-1', '2024-03-05', { contract: 'contract-12' }),
    withdraw('household-1', '2024-09-30'),
    sale('2024-04-20'),
    sale('2024-04-21', { product: '菜籽油' }),
    withdrawSale(2),
    visitors('2024-04-01', '2024-04-30'),
    visitors('2024-04-01', '2024-04-30'),
    withdrawCount(2),
    job('worker-7', '2024-03-05', { household: 'household-1' }),
    endJob(1, '2024-09-30'),
    job('worker-8', '2024-03-06', { endedOn: '2024-04-06' }),
    withdrawJob(2),
    gain('2024-10-31', { household: 'household-1', population: { of: 'HOUSEHOLD_MEMBERS', count: 4 } }),
    gain('2024-10-31'),
    withdrawGain(2),
    suspend('2024-06-10'),
    resume('2024-07-01'),
    complete('2024-11-01'),
    close('2024-11-30', { reason: '合作期满' }),
  ];
}
