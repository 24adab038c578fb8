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

const NAMESPACE = /^[a-z][a-z0-9-]{0,30}$/;

export function namesIn(namespace: string): Names {
  if (!NAMESPACE.test(namespace)) {
    throw new RangeError(`a namespace is a lower-case word of at most 31 characters, not ${JSON.stringify(namespace)}`);
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
