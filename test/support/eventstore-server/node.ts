import { type Address, accessDenied, notLeader, notReady, refusal, timedOut, unauthenticated } from './answers.js';
import type { Append, EventStore, Outcome } from './event-store.js';
import type { CallKind, Fault, Faults } from './faults.js';
import { type Metadata, type ServiceError, grpc } from './protocol.js';

export interface NodeOptions {
  maxAppendBytes: number;
  /** Passwords by name; undefined lets everybody do everything, as an insecure node does. */
  users: Readonly<Record<string, string>> | undefined;
}

/** What the addresses of one cluster share. */
export interface Cluster {
  store: EventStore;
  faults: Faults;
  addresses: readonly Address[];
  leader: number;
  /** How many events were handed over to be sent to readers. */
  delivered: number;
  /** How many appends came to each address. */
  appends: number[];
}

/** Of a call only where it comes from, so that its connection can be cut. */
interface Call {
  getPeer(): string;
}

/** One address of the cluster: who may ask it, and what it does, or shall fail to do. */
export class Node {
  constructor(
    readonly cluster: Cluster,
    readonly number: number,
    readonly options: NodeOptions,
    readonly cut: (peer: string) => void,
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

  /** Records an append, unless a fault befalls it. */
  async record(kind: CallKind, call: Call, append: Append): Promise<Outcome> {
    this.cluster.appends[this.number]!++;
    const fault = this.cluster.faults.ofCall(kind, append.stream);
    if (!fault) return this.store.append(append);
    if (fault.name === 'wrong-expected-revision')
      return { kind: 'wrong', current: this.store.index.lastRevision(append.stream) };
    if (fault.recorded === true) await this.store.append(append);
    return this.#fail(fault, call);
  }

  /** Lets a read begin, unless a fault befalls it. */
  async admit(kind: CallKind, call: Call, stream: string): Promise<void> {
    const fault = this.cluster.faults.ofCall(kind, stream);
    if (fault) await this.#fail(fault, call);
  }

  #fail({ name }: Fault, call: Call): Promise<never> {
    switch (name) {
      case 'not-leader':
        this.cluster.leader = (this.number + 1) % this.cluster.addresses.length;
        throw notLeader(this.leader);
      case 'deadline-exceeded':
        throw refusal(grpc.status.DEADLINE_EXCEEDED, 'Deadline Exceeded');
      case 'timed-out':
        throw timedOut();
      case 'connection-cut':
        this.cut(call.getPeer());
        return never();
      case 'no-answer':
        return never();
      default:
        throw notReady();
    }
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

const never = (): Promise<never> => new Promise<never>(() => undefined);
