import {
  commandIdOf,
  decideProject,
  emptyProject,
  evolveProject,
  freeze,
  type ProjectCommand,
  projectStream,
  readFact,
} from '@ledger/domain';
import {
  approve,
  close,
  complete,
  join,
  LEAD,
  leave,
  PARTNER,
  PROJECT,
  propose,
  resume,
  scheme,
  settingOf,
  start,
  suspend,
  THIRD,
} from './given-project.js';

/** A project from its proposal to its close in a demo ledger, decided by the decider: every fact, as its bytes. */
export function firstProject(): string[] {
  const stream = projectStream(PROJECT);
  let project = emptyProject();
  const facts: string[] = [];
  for (const [i, command] of commands().entries()) {
    const by = { actor: 'officer-1', commandId: commandIdOf('officer-1', `first-project-${i}`) };
    const drafts = decideProject(command, project, settingOf({ demo: true }));
    for (const [index, draft] of drafts.entries()) {
      const bytes = freeze(draft, stream, facts.length, index, by);
      facts.push(bytes);
      project = evolveProject(project, readFact(bytes));
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
    suspend('2024-06-10'),
    resume('2024-07-01'),
    complete('2024-11-01'),
    close('2024-11-30', { reason: '合作期满' }),
  ];
}
