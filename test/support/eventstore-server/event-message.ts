import type { EventStore } from './event-store.js';
import { type ReadResp, identifierOf, shared, streams } from './protocol.js';
import type { RecordedEvent } from './record.js';

const LINK_TYPE = '$>';
const UNTOLD = String(2n ** 64n - 1n);

/** What links point to, undefined where that is not there; what is no link is not among them. */
export type Targets = ReadonlyMap<RecordedEvent, RecordedEvent | undefined>;

/** The targets of the links among these events, looked for together. */
export function targetsOf(store: EventStore, events: readonly RecordedEvent[]): Targets {
  const ordinals = new Map<RecordedEvent, number | undefined>();
  for (const event of events) {
    if (event.type !== LINK_TYPE) continue;
    const [, revision, stream] = /^(-?\d+)@(.*)$/su.exec(Buffer.from(event.data).toString('utf8')) ?? [];
    if (revision === undefined || stream === undefined) continue;
    const isReadable = Number(revision) >= store.index.firstReadable(stream);
    ordinals.set(event, isReadable ? store.index.ordinal(stream, Number(revision)) : undefined);
  }
  const wanted = [...new Set(ordinals.values())].filter((ordinal) => ordinal !== undefined).toSorted((a, b) => a - b);
  const found = new Map(store.read(wanted).map((target, index) => [wanted[index], target]));
  return new Map([...ordinals].map(([link, ordinal]) => [link, found.get(ordinal)]));
}

/** The answer that carries an event; of a link that shall be followed, its target, or none when that is not there. */
export function eventMessage(store: EventStore, event: RecordedEvent, targets: Targets): ReadResp {
  const message = new streams.ReadResp.ReadEvent();
  if (!targets.has(event)) message.setEvent(recorded(store, event));
  else {
    const target = targets.get(event);
    message.setLink(recorded(store, event));
    if (target) message.setEvent(recorded(store, target));
  }
  message.setCommitPosition(String(event.position));
  const answer = new streams.ReadResp();
  answer.setEvent(message);
  return answer;
}

function recorded(
  store: EventStore,
  event: RecordedEvent,
): InstanceType<typeof streams.ReadResp.ReadEvent.RecordedEvent> {
  const message = new streams.ReadResp.ReadEvent.RecordedEvent();
  const id = new shared.UUID();
  id.setString(event.id);
  message.setId(id);
  message.setStreamIdentifier(identifierOf(event.stream));
  message.setStreamRevision(String(event.revision));
  // An event commits itself, so both positions are the place of its record.
  const position = store.tellsPositions ? String(event.position) : UNTOLD;
  message.setCommitPosition(position);
  message.setPreparePosition(position);
  message.setData(event.data);
  message.setCustomMetadata(event.metadata);
  message
    .getMetadataMap()
    .set('type', event.type)
    .set('created', String(event.created))
    .set('content-type', event.isJson ? 'application/json' : 'application/octet-stream');
  return message;
}
