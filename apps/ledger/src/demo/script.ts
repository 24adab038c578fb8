import { assetEvents } from './assets/asset-events.js';
import { brandJournal } from './projects/brand.js';
import { county } from './county/county.js';
import { journalOf } from './books/journal.js';
import { projectJournal } from './projects/project-journal.js';
import { LAST_READING, readings } from './readings.js';
import { bookOfVillage, registers } from './county/registers.js';
import type { Step } from './recording/step.js';
import { district, townships } from './county/townships.js';
import type { Village } from './county/village.js';

/** A log that has this command holds the whole demo. */
export const LAST_KEY = LAST_READING;

/** Everything that is recorded, of all 214 villages. */
export function script(): Step[] {
  const villages = county();
  return [...storiesOf(villages), ...brandJournal(villages)];
}

/** What is told of some villages: their books, projects and assets, and the figures published of them and of what is above. */
export function storiesOf(villages: readonly Village[]): Step[] {
  const codes = new Set([district, ...townships, ...villages].map(({ code }) => code));
  return [
    ...registers(villages),
    ...projectJournal(villages),
    ...villages.flatMap((village) => journalOf(village, bookOfVillage(village))),
    ...assetEvents(villages),
    ...readings(codes),
  ];
}
