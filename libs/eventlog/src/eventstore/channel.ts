import type * as client from '@eventstore/db-client';
import type * as Shared from '@eventstore/db-client/generated/shared_pb.js';
import type { StreamsClient, StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type * as Streams from '@eventstore/db-client/generated/streams_pb.js';
import type { CallOptions, Metadata } from '@grpc/grpc-js';

/** What the client gives its own commands: the connection to the node that leads, found again when it is lost. */
interface Connection {
  GRPCStreamCreator<T>(
    of: unknown,
    name: string,
    creator: (streams: StreamsClient) => T,
    cache?: WeakMap<StreamsClient, T>,
  ): () => Promise<T>;
  callArguments(
    said: { credentials: client.Credentials; requiresLeader: boolean },
    options: CallOptions,
  ): [Metadata, CallOptions];
}

/**
 * The client's connection, for calls that its own commands make too costly: it finds the leader, speaks TLS and connects
 * anew, and brings the definitions of the protocol; only what goes over the wire is ours.
 */
export class Channel {
  private constructor(
    private readonly connection: Connection,
    private readonly credentials: client.Credentials,
    private readonly Client: typeof StreamsClient,
    /** The client's error for one of gRPC's. */
    readonly commandError: (error: Error) => Error,
    readonly service: typeof StreamsService,
    readonly streams: typeof Streams,
    readonly shared: typeof Shared,
  ) {}

  static async over(connection: client.EventStoreDBClient, credentials: client.Credentials): Promise<Channel> {
    const [{ convertToCommandError }, services, streams, shared] = await Promise.all([
      import('@eventstore/db-client'),
      import('@eventstore/db-client/generated/streams_grpc_pb.js'),
      import('@eventstore/db-client/generated/streams_pb.js'),
      import('@eventstore/db-client/generated/shared_pb.js'),
    ]);
    // They are CommonJS, whose names not every loader finds.
    const { StreamsClient, StreamsService } = services.default as unknown as typeof services;
    return new Channel(
      connection as unknown as Connection,
      credentials,
      StreamsClient,
      convertToCommandError,
      StreamsService,
      streams.default as unknown as typeof streams,
      shared.default as unknown as typeof shared,
    );
  }

  /** Begins a call to the leader without a deadline; with `open`, one that is open already is gone on with. */
  begin<T>(
    creator: (streams: StreamsClient, metadata: Metadata, options: CallOptions) => T,
    open?: WeakMap<StreamsClient, T>,
  ): Promise<T> {
    const begin = this.connection.GRPCStreamCreator(
      this.Client,
      'streams',
      (streams) => {
        const said = { credentials: this.credentials, requiresLeader: true };
        return creator(streams, ...this.connection.callArguments(said, { deadline: Infinity }));
      },
      open,
    );
    return begin();
  }
}
