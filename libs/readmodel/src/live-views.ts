import { openReadModel } from './open-read-model.js';
import type { ReadModel } from './read-model.js';

/** A read model over whichever generation serves. */
export interface LiveViews {
  /** To be held instead of any one generation's: it asks the one that serves at that moment. None does before `goTo`. */
  readonly views: ReadModel;
  /** Opens a generation and closes the one before; when it cannot be opened, nothing has changed. */
  readonly goTo: (generation: number) => void;
}

/**
 * The views of a directory for a process that outlives their generations. An answer asks all its questions in one turn
 * of the event loop, after its times are resolved, and `goTo` is called in a turn of its own: so no answer is made from two
 * generations. `reached` is the position up to which they are told to go, where that is known without asking the file.
 */
export function followGenerations(directory: string, reached?: () => number): LiveViews {
  let serving: ReadModel | undefined;
  const views = new Proxy({} as ReadModel, {
    get: (_, name) => {
      if (serving === undefined) throw new Error('no generation of the views has been opened yet');
      const value: unknown = Reflect.get(serving, name, serving);
      return typeof value === 'function' ? (value.bind(serving) as unknown) : value;
    },
  });
  const goTo = (generation: number): void => {
    const before = serving;
    serving = openReadModel(directory, generation, reached);
    before?.close();
  };
  return { views, goTo };
}
