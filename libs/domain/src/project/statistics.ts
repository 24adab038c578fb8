import { MAX_SUM_FEN } from '../money.js';
import { Refusal } from '../refusal.js';
import { originOf, refuseAmount, refuseFuture, refusePersonalData } from '../rules.js';
import { countSources, gainMethods, populations, saleChannels, validCategory } from './categories.js';
import type { HouseholdGainRecorded, SaleRecorded, VisitorsCounted } from './facts.js';
import { gainKey, headOf, type ProposedProject, refuseDay } from './project.js';
import type { CountVisitors, RecordGain, RecordSale } from './record-commands.js';
import { type ProjectSetting, villageNamed } from './setting.js';
import { refuseEarlyEnd } from './statuses.js';
import { overlaps, spansOf } from './turns.js';

/** What was sold, by product and weight: a statistic. The income of it is recorded in the book that it belongs to. */
export function recordSale(command: RecordSale, project: ProposedProject): SaleRecorded {
  const { product, quantityGrams, amountFen, effectiveOn } = command;
  refusePersonalData({ product });
  const channel = validCategory(saleChannels, command.channel, 'channel');
  refuseAmount(amountFen, 'amountFen');
  refuseInexactSum(amountFen, project);
  refuseDay(project, effectiveOn, 'active');
  const weight = quantityGrams === undefined ? {} : { quantityGrams };
  const said = { project: project.proposed.id, saleNo: project.records.sale.length + 1, product, ...weight };
  const data = { ...said, amountFen, channel, ...originOf(command) };
  return { type: 'SaleRecorded', ...headOf(project, effectiveOn), data };
}

/** How many came in a stretch of days; it is known of the last of them. */
export function countVisitors(
  command: CountVisitors,
  project: ProposedProject,
  beside: ProjectSetting,
): VisitorsCounted {
  const { from, to, count } = command;
  refuseFuture(to, beside.today, 'to');
  refuseEarlyEnd(from, to, 'to');
  const source = validCategory(countSources, command.source, 'source');
  refuseDay(project, from, 'running', 'from');
  refuseDay(project, to, 'running', 'to');
  const said = { project: project.proposed.id, countNo: project.records.count.length + 1, from, to, count, source };
  return { type: 'VisitorsCounted', ...headOf(project, to), data: { ...said, ...originOf(command) } };
}

/** What a household, or a population, earned more in a year through the project, once for each. */
export function recordGain(
  command: RecordGain,
  project: ProposedProject,
  beside: ProjectSetting,
): HouseholdGainRecorded {
  const { year, amountFen, household, effectiveOn } = command;
  const { id } = project.proposed;
  const method = validCategory(gainMethods, command.method, 'method');
  const of = validCategory(populations, command.population.of, 'population.of');
  refuseAmount(amountFen, 'amountFen');
  refuseInexactSum(amountFen, project);
  refuseEarlyEnd(`${year}-01-01`, effectiveOn, 'year');
  refuseDay(project, effectiveOn, 'begun');
  const village = villageNamed(command, beside);
  if (household !== undefined) refuseNotEnrolledIn(year, household, project);
  const whose = {
    ...(household === undefined ? {} : { household }),
    ...(village === undefined ? {} : { village }),
  };
  const population = { of, count: command.population.count };
  const known = project.gains.get(gainKey({ year, population, ...whose }));
  if (known !== undefined) throw new Refusal('GAIN_DUPLICATE', { project: id, year, gainNo: known }, 'year');
  const said = { project: id, gainNo: project.records.gain.length + 1, year, amountFen, method, population, ...whose };
  const villages = village === undefined ? [] : [village];
  return {
    type: 'HouseholdGainRecorded',
    ...headOf(project, effectiveOn, villages),
    data: { ...said, ...originOf(command) },
  };
}

function refuseNotEnrolledIn(year: number, household: string, project: ProposedProject): void {
  const spans = spansOf(project.enrolments.get(household)?.turns);
  if (spans.some((span) => overlaps(span, `${year}-01-01`, `${year}-12-31`))) return;
  const facts = { project: project.proposed.id, household, on: String(year), spans };
  throw new Refusal('HOUSEHOLD_NOT_ENROLLED', facts, 'household');
}

/** Beyond this no sum of the project would be exact. */
function refuseInexactSum(amountFen: number, project: ProposedProject): void {
  const sum = project.turnoverFen + amountFen;
  if (sum > MAX_SUM_FEN) throw new Refusal('AMOUNT_TOO_LARGE', { amountFen: sum, limitFen: MAX_SUM_FEN }, 'amountFen');
}
