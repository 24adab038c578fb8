import { DatabaseUnavailable } from '@ledger/postgres';
import { type LiveViews, liveViews } from '../live-views.js';
import type { ReadModel } from '../read-model.js';
import { Sleeper } from '../sleeper.js';
import { ViewsReached } from '../views-reached.js';
import { openPostgresReadModel, type PostgresReadOptions } from './open-postgres-read-model.js';
import { ViewsDatabase } from './views-database.js';

const LOOK_EVERY_MS = 250;

/** The views of a database that others keep current, and how far they are. */
export interface FollowedViews {
  readonly views: ReadModel;
  readonly projector: {
    /** The position that the views have reached; -1 before they can be read. */
    readonly checkpoint: number;
    /** Which generation of the views is read; 0 before there is one. */
    readonly generation: number;
    /** Why nothing is answered, while that is so. */
    readonly failure: string | undefined;
    reached(position: number, withinMs: number): Promise<boolean>;
    wake(): void;
  };
  close(): Promise<void>;
}

/**
 * Reads the newest generation in a database that this program can read, and goes over to a newer one once that has come to
 * where readers have been: the position never steps back. Projectors say when there is more (`NOTIFY views`); it is
 * looked for besides, so that nothing hangs on that. While the database is lost, or holds less than was read of it,
 * every question is refused (`DatabaseUnavailable`), and it is tried again until that is over; `onFailure` hears why, and
 * of generations that are left alone.
 */
export async function followPostgresViews(
  options: { url: string; onFailure: (failure: string) => void } & Omit<PostgresReadOptions, 'reached'>,
): Promise<FollowedViews> {
  const following = new Following(options);
  await following.begin();
  return {
    views: following.views,
    projector: following,
    close: async () => following.close(),
  };
}

class Following {
  readonly #reached: ViewsReached;
  readonly #live: LiveViews;
  readonly #database: ViewsDatabase;
  readonly #sleeper = new Sleeper(LOOK_EVERY_MS);
  readonly #leftAlone = new Set<string>();
  #generation = 0;
  #isClosed = false;
  #loop: Promise<void> | undefined;

  constructor(private readonly options: Parameters<typeof followPostgresViews>[0]) {
    const { url, onFailure, ...reading } = options;
    this.#reached = new ViewsReached(onFailure);
    const reached = (): number => this.#reached.checkpoint;
    this.#live = liveViews(
      (generation) => openPostgresReadModel(url, generation, { ...reading, reached }),
      // Asking would hold this process up for as long as the database is given.
      () => (this.failure === undefined ? undefined : new DatabaseUnavailable(this.failure)),
    );
    this.#database = new ViewsDatabase(url, {
      onNews: () => this.#sleeper.wake(),
      onLost: (error) => this.#reached.fail(unavailable(error)),
    });
  }

  get views(): ReadModel {
    return this.#live.views;
  }

  get checkpoint(): number {
    return this.#reached.checkpoint;
  }

  get generation(): number {
    return this.#generation;
  }

  get failure(): string | undefined {
    return this.#reached.failure;
  }

  async reached(position: number, withinMs: number): Promise<boolean> {
    return this.#reached.reached(position, withinMs);
  }

  wake(): void {
    this.#sleeper.wake();
  }

  /** Looks once, so that whoever has waited for it can read where there is anything to be read. */
  async begin(): Promise<void> {
    await this.#tryToLook();
    this.#loop = this.#go();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#sleeper.wake();
    await this.#loop;
    await this.#database.close();
    this.#live.leave();
  }

  async #go(): Promise<void> {
    while (!this.#isClosed) {
      await this.#sleeper.sleep();
      if (!this.#isClosed) await this.#tryToLook();
    }
  }

  async #tryToLook(): Promise<void> {
    try {
      await this.#look();
    } catch (error) {
      this.#reached.fail(unavailable(error));
      await this.#database.giveUp();
    }
  }

  async #look(): Promise<void> {
    const generations = await this.#database.generations();
    if (this.#generation !== 0 && !generations.includes(this.#generation)) this.#leave();
    for (const generation of generations) {
      if (generation < this.#generation) return;
      const standing = await this.#database.standing(generation);
      if (typeof standing === 'string') this.#leaveAlone(generation, standing);
      // A newer one may have yet to come to where readers have been.
      else if (standing.position >= this.#reached.checkpoint) return this.#reach(generation, standing.position);
      else if (generation === this.#generation) this.#reached.fail(steppedBack(standing.position, this.checkpoint));
    }
  }

  /** No answer is under way: each is made in a turn of its own. */
  #reach(generation: number, position: number): void {
    if (this.#isClosed) return;
    if (generation !== this.#generation) this.#live.goTo(generation);
    this.#generation = generation;
    this.#reached.reach(position);
  }

  /** Somebody has removed what was read, which no projector does. */
  #leave(): void {
    this.#reached.fail(
      `数据库中视图的第${this.#generation}代已不在。 Generation ${this.#generation} of the views is gone from the database.`,
    );
    this.#live.leave();
    this.#generation = 0;
  }

  #leaveAlone(generation: number, reason: string): void {
    const said = `数据库中视图的第${generation}代不能读:${reason} Generation ${generation} of the views is not read: ${reason}`;
    if (this.#leftAlone.has(said)) return;
    this.#leftAlone.add(said);
    this.options.onFailure(said);
  }
}

function unavailable(error: unknown): string {
  const { message } = error as Error;
  return error instanceof DatabaseUnavailable
    ? message
    : `视图的数据库暂时不可用,请稍后重试:${message} The database of the views is not available now, try again later: ${message}`;
}

function steppedBack(position: number, told: number): string {
  return (
    `数据库中的视图退回到位置${position},此前已读到${told};在追上之前不回答。` +
    ` The views in the database have gone back to position ${position}, and were read up to ${told}; nothing is answered until they are there again.`
  );
}
