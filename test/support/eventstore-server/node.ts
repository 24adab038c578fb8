import { type Address, accessDenied, notLeader, unauthenticated } from './answers.js';
import type { Append, EventStore, Outcome } from './event-store.js';
import type { Metadata, ServiceError } from './protocol.js';

export interface NodeOptions {
  maxAppendBytes: number;
  /** Passwords by name; undefined lets everybody do everything, as an insecure node does. */
  users: Readonly<Record<string, string>> | undefined;
}

/** What the addresses of one cluster share. */
export interface Cluster {
  store: EventStore;
  addresses: readonly Address[];
  leader: number;
}

/** One address of the cluster: who may ask it, and what it does with an append. */
export class Node {
  constructor(
    readonly cluster: Cluster,
    readonly number: number,
    readonly options: NodeOptions,
  ) {}

  get store(): EventStore {
    return this.cluster.store;
  }

  get leader(): Address {
    return this.cluster.addresses[this.cluster.leader]!;
  }

  /** Why this call is refused before anything is looked at, or undefined. */
  refuses(metadata: Metadata): ServiceError | undefined {
    return this.#refusesCaller(metadata) ?? this.#refusesAsFollower(metadata);
  }

  async record(append: Append): Promise<Outcome> {
    return this.store.append(append);
  }

  /** Wrong credentials are not known; without any, a secure node of these versions gives no access to streams. */
  #refusesCaller(metadata: Metadata): ServiceError | undefined {
    const { users } = this.options;
    if (!users) return undefined;
    const [authorization] = metadata.get('authorization').map(String);
    if (authorization === undefined) return accessDenied();
    const [, encoded = ''] = /^Basic (.+)$/u.exec(authorization) ?? [];
    const [name = '', ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
    return Object.hasOwn(users, name) && users[name] === password.join(':') ? undefined : unauthenticated();
  }

  #refusesAsFollower(metadata: Metadata): ServiceError | undefined {
    const wantsLeader = metadata.get('requires-leader').map(String).includes('true');
    return wantsLeader && this.number !== this.cluster.leader ? notLeader(this.leader) : undefined;
  }
}
