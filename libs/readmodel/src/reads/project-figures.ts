import type { LocalDate } from '@ledger/domain';
import { dateOfDay, dayNumber } from '@ledger/views';
import type { At } from './at.js';
import type { Statement, Statements } from '../statements.js';

/** How many of a village are in a project: households that are enrolled, and jobs. */
export interface ProjectCountRow {
  readonly project: string;
  readonly village: string;
  readonly enrolled: number;
  readonly jobs: number;
}

export interface ProductSalesRow {
  readonly product: string;
  readonly sales: number;
  readonly quantityGrams: number;
  readonly amountFen: number;
}

export interface SaleRow {
  readonly saleNo: number;
  readonly effectiveOn: LocalDate;
  readonly product: string;
  readonly quantityGrams: number | null;
  readonly amountFen: number;
  readonly channel: string;
  readonly position: number;
}

/** Whose counts are wanted: of one project, or of villages by the codes under which they were recorded. */
export type CountsOf = { readonly project: string } | { readonly villages: readonly string[] };

const COUNTS = 'c.project, c.village, sum(c.enrolled) AS enrolled, sum(c.jobs) AS jobs';
const GROUPED = `GROUP BY c.project, c.village HAVING sum(c.enrolled) <> 0 OR sum(c.jobs) <> 0
  ORDER BY c.project, c.village`;

/** Counts and sums of projects, each a plain sum over what facts added up to both times. */
export class ProjectFigures {
  readonly #sql: Readonly<Record<'ofProject' | 'ofVillages' | 'products' | 'sales', Statement>>;

  constructor(
    db: Statements,
    /** Throws when the views have not come so far. */
    private readonly reached: (knownAt: number) => void,
  ) {
    const known = 'effective_on <= :day AND position <= :known';
    this.#sql = {
      ofProject: db.prepare(`SELECT ${COUNTS} FROM project_count c WHERE c.project = :project AND ${known} ${GROUPED}`),
      ofVillages: db.prepare(
        `SELECT ${COUNTS} FROM texts(:villages) v CROSS JOIN project_count c ON c.village = v.value AND ${known}
         ${GROUPED}`,
      ),
      products: db.prepare(
        `SELECT product, sum(sales) AS sales, coalesce(sum(quantity_grams), 0) AS quantityGrams, sum(amount_fen) AS amountFen
         FROM sale WHERE project = :project AND ${known} GROUP BY product HAVING sum(sales) > 0 ORDER BY product`,
      ),
      sales: db.prepare(
        `SELECT sale_no AS saleNo, effective_on, product, quantity_grams AS quantityGrams, amount_fen AS amountFen,
           channel, position
         FROM sale s WHERE project = :project AND sale_no > :after AND sales = 1 AND ${known}
           AND NOT EXISTS (SELECT 1 FROM sale w WHERE w.project = s.project AND w.sale_no = s.sale_no AND w.sales = -1
             AND w.position <= :known)
         ORDER BY sale_no LIMIT :limit`,
      ),
    };
  }

  counts(of: CountsOf, at: At): ProjectCountRow[] {
    this.reached(at.knownAt);
    const rows =
      'project' in of
        ? this.#sql.ofProject.all({ ...of, ...timesOf(at) })
        : this.#sql.ofVillages.all({ villages: JSON.stringify(of.villages), ...timesOf(at) });
    return rows.map((row) => ({ ...(row as ProjectCountRow) }));
  }

  /** What was sold up to the day, by product; `quantityGrams` is that of the sales that have a weight. */
  soldByProduct(project: string, at: At): ProductSalesRow[] {
    this.reached(at.knownAt);
    const rows = this.#sql.products.all({ project, ...timesOf(at) });
    return rows.map((row) => ({ ...(row as ProductSalesRow) }));
  }

  /** Sales that were not withdrawn, by number. */
  sales(project: string, { after, limit }: { after: number; limit: number }, at: At): SaleRow[] {
    this.reached(at.knownAt);
    return this.#sql.sales.all({ project, after, limit, ...timesOf(at) }).map((row) => {
      const { effective_on: day, saleNo, ...rest } = row as StoredSale;
      return { saleNo, effectiveOn: dateOfDay(day), ...rest };
    });
  }
}

interface StoredSale extends Omit<SaleRow, 'effectiveOn'> {
  readonly effective_on: number;
}

function timesOf({ asOf, knownAt }: At): { day: number; known: number } {
  return { day: dayNumber(asOf), known: knownAt };
}
