import { CorruptLog, type Fact } from '@ledger/domain';
import { keySortedRun } from '../key-sorted-run.js';
import type { Table } from '../schema.js';
import type { Connection } from './connection.js';
import { type Lines, linesOf } from './copy-rows.js';
import { opensThing, type Shard, shardAt, thingOf } from './shard.js';

/** Whose each thing is, told when it begins; of a ledger that is not parted nothing is kept. */
export const homeTable: Table = {
  name: 'home',
  columns: [
    { name: 'thing', type: 'text' },
    { name: 'shard', type: 'integer' },
  ],
  key: ['thing'],
};

const MAX_KNOWN = 200_000;

/**
 * Which things are this shard's. They are written with the rows of their first facts, so after a restart they go exactly as far as
 * the checkpoint: what is not among them then is another shard's, or has not begun.
 */
export class OwnThings {
  readonly #known = new Map<string, boolean>();
  readonly #begun = keySortedRun(homeTable);

  constructor(
    private readonly connection: Connection,
    private readonly shard: Shard,
  ) {}

  /** For each of the facts that come next, whether this shard is to add it up. */
  async areOf(facts: readonly Fact[]): Promise<readonly boolean[]> {
    const { number, of } = this.shard;
    if (of === 1) return facts.map(() => true);
    const things = facts.map(({ stream }) => thingOf(stream));
    const unknown = new Set<string>();
    facts.forEach((fact, i) => {
      const thing = things[i];
      if (thing === undefined) return;
      if (!opensThing(fact)) {
        if (!this.#known.has(thing)) unknown.add(thing);
        return;
      }
      // Nobody would have added up what came before.
      if (this.#known.has(thing) || unknown.has(thing)) throw new CorruptLog(`${thing} begins after its first fact`);
      const own = shardAt(fact, of) === number;
      this.#known.set(thing, own);
      if (own) this.#begun.add([thing, number]);
    });
    if (unknown.size > 0) await this.#fetch([...unknown]);
    return things.map((thing) => (thing === undefined ? number === 0 : this.#known.get(thing) === true));
  }

  /** Those that have begun since they were asked for last. */
  lines(): Lines {
    return linesOf(homeTable, this.#begun);
  }

  /** Only when nothing waits to be written. */
  shrink(): void {
    if (this.#known.size > MAX_KNOWN) this.#known.clear();
  }

  giveUp(): void {
    this.#known.clear();
    this.#begun.drop();
  }

  async #fetch(things: readonly string[]): Promise<void> {
    const { rows } = await this.connection.query<{ thing: string }>(
      'SELECT thing FROM home WHERE thing = ANY($1) AND shard = $2',
      [things, this.shard.number],
    );
    for (const thing of things) this.#known.set(thing, false);
    for (const { thing } of rows) this.#known.set(thing, true);
  }
}
