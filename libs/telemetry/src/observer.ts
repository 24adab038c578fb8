/**
 * Something that takes time, by names of the program's own. Nothing that anybody has written, and no id of a person or a
 * thing, is ever part of it: figures and traces leave the machine.
 */
export interface Work {
  readonly kind: 'request' | 'command' | 'append' | 'projection';
  /** The operation of the interface, the command's type, the kind of stream, or the shard. */
  readonly name: string;
  readonly commandId?: string;
  readonly facts?: number;
}

export interface Ended {
  /** One of a few words, such as `recorded`, `refused` or `2xx`. */
  readonly outcome: string;
  /** Of the refusal. */
  readonly code?: string;
}

/** What the programs tell of what they do. Nobody who tells has to know whether anybody listens. */
export interface Observer {
  /** Something begins now, or began a while ago. */
  begin(work: Work, agoMs?: number): Begun;
}

export interface Begun {
  /** What is begun inside is part of it. */
  within<T>(act: () => T): T;
  end(ended: Ended): void;
}

/** Tells several. */
export function together(observers: readonly Observer[]): Observer {
  return {
    begin: (work, agoMs) => {
      const begun = observers.map((observer) => observer.begin(work, agoMs));
      return {
        within: (act) => begun.reduce((inner, each) => () => each.within(inner), act)(),
        end: (ended) => begun.forEach((each) => each.end(ended)),
      };
    },
  };
}

/** Does something and tells how it ended; what is thrown is told by `failed` and thrown on. */
export async function during<T>(
  observer: Observer,
  work: Work,
  act: () => Promise<T>,
  { done, failed }: { readonly done: (result: T) => Ended; readonly failed: (error: unknown) => Ended },
): Promise<T> {
  const begun = observer.begin(work);
  try {
    const result = await begun.within(act);
    begun.end(done(result));
    return result;
  } catch (error) {
    begun.end(failed(error));
    throw error;
  }
}
