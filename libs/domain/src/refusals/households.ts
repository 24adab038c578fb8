import { refusal } from './entry.js';

/** Which household is not there: at all, on a day, or in the village that was named with it. */
interface NoHousehold {
  readonly household: string;
  readonly registeredFrom?: string;
  readonly village?: string;
}

export const householdRefusals = {
  HOUSEHOLD_UNKNOWN: refusal<NoHousehold>(
    404,
    (f) => {
      if (f.village !== undefined) {
        return `村${f.village}没有农户${f.household}。请填写农户登记回执中的编号,及其今日所在村的代码。`;
      }
      return f.registeredFrom === undefined
        ? `农户${f.household}未登记。请先登记农户,用回执中的编号。`
        : `农户${f.household}自${f.registeredFrom}起才登记。请改用该日及以后的日期。`;
    },
    (f) => {
      if (f.village !== undefined) {
        return `Village ${f.village} has no household ${f.household}. Use the id of its receipt, and the code of the village that it is in today.`;
      }
      return f.registeredFrom === undefined
        ? `Household ${f.household} is not registered. Register it first and use the id of the receipt.`
        : `Household ${f.household} is registered only from ${f.registeredFrom}. Use that date or a later one.`;
    },
  ),
  HOUSEHOLD_DISSOLVED: refusal<{ household: string; dissolvedOn: string }>(
    422,
    (f) => `农户${f.household}已于${f.dissolvedOn}注销。请改用更早的日期,或另行登记农户。`,
    (f) =>
      `Household ${f.household} was dissolved on ${f.dissolvedOn}. Use an earlier date, or register another household.`,
  ),
} as const;
