import {
  ApproveProject,
  type Command,
  CountVisitors,
  lastDay,
  ProposeProject,
  RecordJob,
  StartProject,
} from '@ledger/domain';
import { asked, demoProjectId, proposalKey } from '../recording/asked.js';
import { atOffice, deskDayAfter } from '../recording/office-days.js';
import { type DemoProject, projects, typicalProjects } from './projects.js';
import { drawn, spread, TOURISM } from '../books/seasons.js';
import type { Step } from '../recording/step.js';
import type { Village } from '../county/village.js';
import { FIRST_YEAR, months, YEARS } from '../books/years.js';

const MORNING = 200;
const PROPOSED_FIRST = `${FIRST_YEAR}-01-06`;

/** The life of all projects whose villages are there, but for what the brand of vegetables does. */
export function projectJournal(villages: readonly Village[]): Step[] {
  const codes = new Map(villages.map(({ key, code }) => [key, code]));
  const wanted = [...projects, ...villages.flatMap(typicalOf)].filter(({ lead, others = [] }) =>
    [lead, ...others].every((key) => codes.has(key)),
  );
  return wanted.flatMap((project) => [
    ...beginnings(project, codes),
    ...jobs(project, codes.get(project.lead) ?? ''),
    ...visitors(project),
  ]);
}

/** A made-up village names its project in the income that it brings. */
function typicalOf({ key, name, incomes, plain }: Village): DemoProject[] {
  if (plain === undefined) return [];
  return incomes.flatMap((stream) => {
    const typical = typicalProjects[stream.key];
    if (stream.project === undefined || typical === undefined) return [];
    const startedOn = `${FIRST_YEAR}-01-12`;
    const hired = 4 + drawn(`${key} hired`, 14);
    return [{ ...typical, key: stream.project, name: `${name}${typical.name}`, lead: key, startedOn, jobs: hired }];
  });
}

function beginnings(project: DemoProject, codes: ReadonlyMap<string, string>): Step[] {
  const { key, name, kind, types, programmes, lead, others = [], startedOn } = project;
  const origin = 'SYNTHETIC';
  const id = demoProjectId(key);
  const proposedOn = startedOn < `${FIRST_YEAR}-02-01` ? PROPOSED_FIRST : weeksBefore(startedOn, 5);
  const approvedOn = startedOn < `${FIRST_YEAR}-02-01` ? `${FIRST_YEAR}-01-10` : weeksBefore(startedOn, 2);
  const proposal = asked(ProposeProject, proposalKey(key), {
    name,
    kind,
    types: [...types],
    programmes: [...programmes],
    leadVillage: codes.get(lead) ?? '',
    villages: others.map((village) => codes.get(village) ?? ''),
    effectiveOn: proposedOn,
    origin,
  });
  const approval = asked(ApproveProject, `project/${key}/approve`, { project: id, effectiveOn: approvedOn, origin });
  const start = asked(StartProject, `project/${key}/start`, { project: id, effectiveOn: startedOn, origin });
  return [step(proposedOn, MORNING, proposal), step(approvedOn, MORNING, approval), step(startedOn, MORNING, start)];
}

function jobs({ key, startedOn, jobs: count = 0 }: DemoProject, village: string): Step[] {
  return Array.from({ length: count }, (_, index) => {
    const kind = ['FULL_TIME', 'PART_TIME', 'SEASONAL'][drawn(`${key} job ${index}`, 3)] ?? 'PART_TIME';
    const worker = `worker-${key}-${String(index + 1).padStart(3, '0')}`;
    const command = asked(RecordJob, `project/${key}/job-${index + 1}`, {
      project: demoProjectId(key),
      worker,
      kind,
      village,
      effectiveOn: startedOn,
      origin: 'SYNTHETIC',
    });
    return step(startedOn, MORNING + 5, command);
  });
}

function visitors({ key, startedOn, visitorsAYear = 0 }: DemoProject): Step[] {
  return YEARS.flatMap((year) => {
    const counts = spread(visitorsAYear * 1000, TOURISM, `${key} visitors ${year}`);
    return months(year).flatMap((period, index): Step[] => {
      const count = Math.floor((counts[index] ?? 0) / 1000);
      if (count === 0 || `${period}-01` < startedOn) return [];
      const command = asked(CountVisitors, `project/${key}/visitors-${period}`, {
        project: demoProjectId(key),
        from: `${period}-01`,
        to: lastDay(period),
        count,
        source: 'TICKETS',
        origin: 'SYNTHETIC',
      });
      return [step(deskDayAfter(lastDay(period)), MORNING + 10, command)];
    });
  });
}

function weeksBefore(date: string, weeks: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - weeks * 7 * 86_400_000).toISOString().slice(0, 10);
}

function step(on: string, minutes: number, command: Command): Step {
  return { at: atOffice(on, minutes), command: () => command };
}
