import { ViewsBehind } from '../question.js';
import type { Statement, Statements } from '../statements.js';

/** How far the views have come. Rows are only added, so what was reached once is so for ever. */
export class Reached {
  readonly #position: Statement;
  #seen = -1;

  constructor(db: Statements) {
    this.#position = db.prepare('SELECT min(position) AS position FROM generation');
  }

  checkpoint(): number {
    return (this.#seen = (this.#position.get({}) as { position: number }).position);
  }

  /** Throws when the views have not come so far. */
  readonly upTo = (knownAt: number): void => {
    if (knownAt <= this.#seen) return;
    const checkpoint = this.checkpoint();
    if (knownAt > checkpoint) throw new ViewsBehind(checkpoint, knownAt);
  };
}
