import type { EventStore } from './event-store.js';
import { type ReadResp, identifierOf, shared, streams } from './protocol.js';
import type { RecordedEvent } from './record.js';

const LINK_TYPE = '$>';
const UNTOLD = String(2n ** 64n - 1n);

/** The answer that carries an event; of a link that shall be followed, its target, or none when that is not there. */
export function eventMessage(store: EventStore, event: RecordedEvent, resolveLinks: boolean): ReadResp {
  const message = new streams.ReadResp.ReadEvent();
  const target = resolveLinks && event.type === LINK_TYPE ? targetOf(store, event) : 'no link';
  if (target === 'no link') message.setEvent(recorded(store, event));
  else {
    message.setLink(recorded(store, event));
    if (target) message.setEvent(recorded(store, target));
  }
  message.setCommitPosition(String(event.position));
  const answer = new streams.ReadResp();
  answer.setEvent(message);
  return answer;
}

function targetOf(store: EventStore, link: RecordedEvent): RecordedEvent | undefined | 'no link' {
  const [, revision, stream] = /^(-?\d+)@(.*)$/su.exec(Buffer.from(link.data).toString('utf8')) ?? [];
  if (revision === undefined || stream === undefined) return 'no link';
  if (Number(revision) < store.index.firstReadable(stream)) return undefined;
  const ordinal = store.index.ordinal(stream, Number(revision));
  return ordinal === undefined ? undefined : store.read([ordinal])[0];
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
