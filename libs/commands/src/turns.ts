/** Does some work while no other process does what has the same key; `stillAlone` throws where that has ended early. */
export type Alone = <T>(key: string, work: (stillAlone: () => void) => Promise<T>) => Promise<T>;

/** Where one process writes, nobody else is there. */
const onlyProcess: Alone = async (_, work) => work(() => undefined);

/** One at a time for each key, in the order of asking; with `alone` also among processes, in whatever order. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(private readonly alone: Alone = onlyProcess) {}

  async take<T>(key: string, work: (stillAlone: () => void) => Promise<T>): Promise<T> {
    const before = this.#last.get(key);
    const turn = (): Promise<T> => this.alone(key, work);
    const mine = before === undefined ? turn() : before.then(turn, turn);
    this.#last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    }
  }
}
