import { refusal } from './entry.js';

export const householdRefusals = {
  HOUSEHOLD_UNKNOWN: refusal<{ household: string; registeredFrom?: string }>(
    404,
    (f) =>
      f.registeredFrom === undefined
        ? `农户${f.household}未登记。请先登记农户,用回执中的编号。`
        : `农户${f.household}自${f.registeredFrom}起才登记。请改用该日及以后的日期。`,
    (f) =>
      f.registeredFrom === undefined
        ? `Household ${f.household} is not registered. Register it first and use the id of the receipt.`
        : `Household ${f.household} is registered only from ${f.registeredFrom}. Use that date or a later one.`,
  ),
  HOUSEHOLD_DISSOLVED: refusal<{ household: string; dissolvedOn: string }>(
    422,
    (f) => `农户${f.household}已于${f.dissolvedOn}注销。请改用更早的日期,或另行登记农户。`,
    (f) =>
      `Household ${f.household} was dissolved on ${f.dissolvedOn}. Use an earlier date, or register another household.`,
  ),
} as const;
