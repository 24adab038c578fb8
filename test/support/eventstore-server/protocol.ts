import { createRequire } from 'node:module';
import type * as GossipServices from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import type * as GossipMessages from '@eventstore/db-client/generated/gossip_pb.js';
import type * as FeaturesServices from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import type * as FeaturesMessages from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type * as SharedMessages from '@eventstore/db-client/generated/shared_pb.js';
import type * as StatusMessages from '@eventstore/db-client/generated/status_pb.js';
import type * as StreamsServices from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type * as StreamsMessages from '@eventstore/db-client/generated/streams_pb.js';
import type * as Grpc from '@grpc/grpc-js';
import type * as AnyMessages from 'google-protobuf/google/protobuf/any_pb.js';
import type * as EmptyMessages from 'google-protobuf/google/protobuf/empty_pb.js';

// The definitions and the gRPC library are the ones that the client brings along, so that the server speaks exactly the
// protocol of the client under test, whatever else is installed.
const fromClient = createRequire(createRequire(import.meta.url).resolve('@eventstore/db-client'));
const generated = (file: string): unknown => fromClient(`@eventstore/db-client/generated/${file}.js`);

export const grpc = fromClient('@grpc/grpc-js') as typeof Grpc;
export const streams = generated('streams_pb') as typeof StreamsMessages;
export const shared = generated('shared_pb') as typeof SharedMessages;
export const status = generated('status_pb') as typeof StatusMessages;
export const features = generated('serverfeatures_pb') as typeof FeaturesMessages;
export const gossip = generated('gossip_pb') as typeof GossipMessages;
export const { StreamsService } = generated('streams_grpc_pb') as typeof StreamsServices;
export const { ServerFeaturesService } = generated('serverfeatures_grpc_pb') as typeof FeaturesServices;
export const { GossipService } = generated('gossip_grpc_pb') as typeof GossipServices;
export const { Any } = fromClient('google-protobuf/google/protobuf/any_pb.js') as typeof AnyMessages;
export const { Empty } = fromClient('google-protobuf/google/protobuf/empty_pb.js') as typeof EmptyMessages;

export type { IStreamsServer } from '@eventstore/db-client/generated/streams_grpc_pb.js';
export type { IGossipServer } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
export type { IServerFeaturesServer } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
export type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  ReadReq,
  ReadResp,
} from '@eventstore/db-client/generated/streams_pb.js';
export type { UUID, StreamIdentifier } from '@eventstore/db-client/generated/shared_pb.js';
export type {
  Metadata,
  Server,
  ServerDuplexStream,
  ServerReadableStream,
  ServerWritableStream,
  ServiceError,
  sendUnaryData,
} from '@grpc/grpc-js';

/** The text of a name as the protocol carries it. */
export function streamNameOf(identifier: SharedMessages.StreamIdentifier | undefined): string {
  return Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');
}

export function identifierOf(stream: string): SharedMessages.StreamIdentifier {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream, 'utf8'));
  return identifier;
}
