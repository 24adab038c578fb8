import { invalidArgument } from './answers.js';
import type { Expected } from './decide-append.js';
import type { UUID } from './protocol.js';
import type { ProposedEvent } from './record.js';

/** What both kinds of append carry for an event. */
export interface ProposedMessage {
  getId(): UUID | undefined;
  getMetadataMap(): { get(key: string): string | undefined };
  getCustomMetadata_asU8(): Uint8Array;
  getData_asU8(): Uint8Array;
}

const UUID_FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The event of a message; an id or a type that is none is refused, as a node does. */
export function proposed(message: ProposedMessage): ProposedEvent {
  const id = message.getId()?.getString() ?? '';
  if (!UUID_FORM.test(id)) throw invalidArgument(`'${id}' is not a valid UUID`);
  const type = message.getMetadataMap().get('type') ?? '';
  if (type === '') throw invalidArgument("Required Metadata Property 'type' is missing");
  return {
    id: id.toLowerCase(),
    type,
    isJson: message.getMetadataMap().get('content-type') === 'application/json',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

/** What an event counts towards the maximum append size: a node counts its type in two bytes a letter. */
export const countedBytes = ({ type, data, metadata }: ProposedEvent): number =>
  data.length + metadata.length + type.length * 2;

interface ExpectationOptions {
  hasNoStream(): boolean;
  hasAny(): boolean;
  hasStreamExists(): boolean;
}

export function expectedOf(options: ExpectationOptions, revision: string | undefined): Expected {
  if (revision !== undefined) return Number(revision);
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasStreamExists()) return 'stream_exists';
  if (options.hasAny()) return 'any';
  throw invalidArgument('no expected revision');
}
