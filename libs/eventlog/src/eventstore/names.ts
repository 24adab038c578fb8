/**
 * Where a ledger's events stand in an EventStoreDB that other programs may share: everything begins with the ledger's
 * namespace, so that one prefix finds all facts and nothing else.
 */
export interface Names {
  /** What every stream of facts begins with. */
  readonly factPrefix: string;
  /** The stream in which the facts of one of the ledger's streams stand; its revisions are the ledger's. */
  facts(stream: string): string;
  /** What a command id was used for. */
  command(commandId: string): string;
  /** The order of all facts, one link each. */
  readonly order: string;
  /** How late it is, told by whoever decides the order while nothing is recorded. */
  readonly clock: string;
}

/** What a ledger may be called. */
const NAMESPACE = /^[a-z0-9][a-z0-9.-]{0,62}$/;

export function namesIn(namespace: string): Names {
  if (!NAMESPACE.test(namespace)) {
    throw new RangeError(`a namespace is the name of a ledger, not ${JSON.stringify(namespace)}`);
  }
  const factPrefix = `${namespace}/fact/`;
  return {
    factPrefix,
    facts: (stream) => `${factPrefix}${stream}`,
    command: (commandId) => `${namespace}/command-${commandId}`,
    order: `${namespace}/order`,
    clock: `${namespace}/clock`,
  };
}
