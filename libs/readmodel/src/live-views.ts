import { openReadModel } from './open-read-model.js';
import type { ReadModel } from './read-model.js';

const HOOKS: ReadonlySet<string> = new Set([
  'then',
  'onModuleInit',
  'onApplicationBootstrap',
  'onModuleDestroy',
  'beforeApplicationShutdown',
  'onApplicationShutdown',
]);

/** A read model over whichever generation serves. */
export interface LiveViews {
  /** To be held instead of any one generation's: it asks the one that serves at that moment. None does before `goTo`. */
  readonly views: ReadModel;
  /** Opens a generation and closes the one before; when it cannot be opened, nothing has changed. */
  readonly goTo: (generation: number) => void;
  /** Closes the generation that serves; none does until the next `goTo`. */
  readonly leave: () => void;
}

/**
 * Views for a process that outlives their generations. An answer asks all its questions in one turn of the event loop,
 * after its times are resolved, and `goTo` is called in a turn of its own: so no answer is made from two generations.
 * `whyNot` is what is thrown instead of an answer, while there is a reason.
 */
export function liveViews(open: (generation: number) => ReadModel, whyNot?: () => Error | undefined): LiveViews {
  let serving: ReadModel | undefined;
  const views = new Proxy({} as ReadModel, {
    get: (_, name) => {
      // Nest looks for hooks of its own on whatever it holds, also when it ends because the views are away.
      if (typeof name === 'symbol' || HOOKS.has(name)) return undefined;
      const reason = whyNot?.();
      if (reason !== undefined) throw reason;
      if (serving === undefined) throw new Error('no generation of the views has been opened yet');
      const value: unknown = Reflect.get(serving, name, serving);
      return typeof value === 'function' ? (value.bind(serving) as unknown) : value;
    },
  });
  const change = (next: ReadModel | undefined): void => {
    serving?.close();
    serving = next;
  };
  return { views, goTo: (generation) => change(open(generation)), leave: () => change(undefined) };
}

/** Those of a directory. `reached` is the position up to which they are told to go, where that is known without asking the file. */
export function followGenerations(directory: string, reached?: () => number): LiveViews {
  return liveViews((generation) => openReadModel(directory, generation, reached));
}
