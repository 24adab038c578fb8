import type { Operation } from './operations.js';

interface Counts {
  good: number;
  refused: number;
}

/** How often a ledger was asked each operation, and what came of it. */
export class Tally {
  readonly #counts = new Map<string, Counts>();
  #sent = 0;
  #withToken = 0;

  add({ id }: Operation, status: number, validToken: boolean): void {
    this.#sent++;
    if (validToken) this.#withToken++;
    const counts = this.of(id);
    if (status < 300) counts.good++;
    else if (status >= 400 && status < 500) counts.refused++;
    this.#counts.set(id, counts);
  }

  get sent(): number {
    return this.#sent;
  }

  get tokenShare(): number {
    return this.#withToken / Math.max(1, this.#sent);
  }

  of(id: string): Counts {
    return this.#counts.get(id) ?? { good: 0, refused: 0 };
  }

  /** Whether it was answered and refused so often each. */
  hasBoth(id: string, times: number): boolean {
    const { good, refused } = this.of(id);
    return good >= times && refused >= times;
  }

  table(operations: readonly Operation[]): string {
    const rows = operations.map(({ id, method, path }) => {
      const { good, refused } = this.of(id);
      return `${String(good).padStart(6)} ${String(refused).padStart(6)}  ${id}  ${method} ${path}`;
    });
    const percent = (100 * this.tokenShare).toFixed(1);
    const least = (kind: keyof Counts): string => {
      const [{ id } = { id: 'nothing' }] = operations.toSorted((a, b) => this.of(a.id)[kind] - this.of(b.id)[kind]);
      return `${this.of(id)[kind]} of ${id}`;
    };
    return [
      '   2xx    4xx  operation',
      ...rows,
      `at least 2xx: ${least('good')}, 4xx: ${least('refused')}`,
      `${this.#sent} requests, ${percent} % with a valid token`,
    ].join('\n');
  }
}
