/** What the writer expects of the stream: a revision, or one of the three words of the protocol. */
export type Expected = number | 'any' | 'no_stream' | 'stream_exists';

export interface StreamAsFound {
  /** -1 for a stream without events. */
  lastRevision: number;
  hasMetadata: boolean;
  isSoftDeleted: boolean;
  /** The id of the event at a revision, for a node that knows its events again. */
  idAt(revision: number): string | undefined;
  /** Where an event with this id stands in the stream, as far as the node remembers. */
  revisionOf(id: string): number | undefined;
}

export type Decision =
  | { kind: 'record' }
  | { kind: 'wrong'; current: number }
  | { kind: 'deleted' }
  /** These very events are recorded already: the writer is answered as it was then. */
  | { kind: 'repeated'; lastRevision: number };

/** What a node does with an append, found as the stream is. */
export function decideAppend(
  expected: Expected,
  ids: readonly string[],
  stream: StreamAsFound,
  deduplicate: boolean,
): Decision {
  const wrong: Decision = { kind: 'wrong', current: stream.lastRevision };
  if (expected === 'stream_exists') {
    if (stream.isSoftDeleted) return { kind: 'deleted' };
    if (stream.lastRevision < 0 && !stream.hasMetadata) return wrong;
  }
  if (expected === 'any' || expected === 'stream_exists')
    return (deduplicate && repeatedAnywhere(ids, stream)) || { kind: 'record' };
  const before = expected === 'no_stream' ? -1 : expected;
  if (before === stream.lastRevision) return { kind: 'record' };
  // A stream that was deleted softly begins anew after its old events.
  if (expected === 'no_stream' && stream.isSoftDeleted) return { kind: 'record' };
  return (deduplicate && repeatedFrom(before + 1, ids, stream)) || wrong;
}

function repeatedFrom(revision: number, ids: readonly string[], stream: StreamAsFound): Decision | undefined {
  if (ids.length === 0 || !ids.every((id, index) => stream.idAt(revision + index) === id)) return undefined;
  return { kind: 'repeated', lastRevision: revision + ids.length - 1 };
}

/** Some of them known and some not is a wrong use that a node refuses. */
function repeatedAnywhere(ids: readonly string[], stream: StreamAsFound): Decision | undefined {
  const revisions = ids.map((id) => stream.revisionOf(id));
  const lastRevision = revisions.at(-1);
  if (revisions[0] === undefined) return undefined;
  if (lastRevision === undefined || revisions.includes(undefined))
    return { kind: 'wrong', current: stream.lastRevision };
  return { kind: 'repeated', lastRevision };
}
