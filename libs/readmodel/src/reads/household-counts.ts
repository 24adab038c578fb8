import { dayNumber } from '@ledger/views';
import type { At } from './at.js';
import type { Statement, Statements } from '../statements.js';

/** How many households villages have, without a look at each of them. */
export class HouseholdCounts {
  readonly #sql: Statement;

  constructor(db: Statements) {
    this.#sql = db.prepare(
      `SELECT c.village, sum(c.added) AS households
       FROM texts(:villages) v CROSS JOIN household_count c
         ON c.village = v.value AND c.effective_on <= :day AND c.position <= :known
       GROUP BY c.village HAVING sum(c.added) > 0 ORDER BY c.village`,
    );
  }

  /** By the code under which a household was registered; villages without any are left out. */
  of(villages: readonly string[], { asOf, knownAt }: At): { village: string; households: number }[] {
    const question = { villages: JSON.stringify(villages), day: dayNumber(asOf), known: knownAt };
    return this.#sql.all(question).map((row) => ({ ...(row as { village: string; households: number }) }));
  }
}
