import { createHash } from 'node:crypto';
import type { Node } from './node.js';
import { features, gossip, shared } from './protocol.js';

// As a node of these versions describes itself; the client asks for BatchAppend.
const VERSION = '24.10.0';
const METHODS = [
  { service: 'event_store.client.streams.streams', method: 'read', features: ['position', 'events'] },
  { service: 'event_store.client.streams.streams', method: 'append', features: [] },
  { service: 'event_store.client.streams.streams', method: 'batchappend', features: ['deadline_duration'] },
  { service: 'event_store.client.gossip.gossip', method: 'read', features: [] },
  { service: 'event_store.client.server_features.serverfeatures', method: 'getsupportedmethods', features: [] },
];

export function supportedMethods(): InstanceType<typeof features.SupportedMethods> {
  const message = new features.SupportedMethods();
  message.setEventStoreServerVersion(VERSION);
  for (const { service, method, features: known } of METHODS) {
    const supported = new features.SupportedMethod();
    supported.setServiceName(service);
    supported.setMethodName(method);
    supported.setFeaturesList(known);
    message.addMethods(supported);
  }
  return message;
}

/** The members of the cluster as each of them tells: where they are and who leads. */
export function clusterInfo({ cluster }: Node): InstanceType<typeof gossip.ClusterInfo> {
  const { LEADER, FOLLOWER } = gossip.MemberInfo.VNodeState;
  const info = new gossip.ClusterInfo();
  for (const [number, { address, port }] of cluster.addresses.entries()) {
    const endpoint = new gossip.EndPoint();
    endpoint.setAddress(address);
    endpoint.setPort(port);
    const id = new shared.UUID();
    id.setString(instanceId(`${address}:${port}`));
    const member = new gossip.MemberInfo();
    member.setInstanceId(id);
    member.setTimeStamp(String(Date.now() * 10_000));
    member.setState(number === cluster.leader ? LEADER : FOLLOWER);
    member.setIsAlive(true);
    member.setHttpEndPoint(endpoint);
    info.addMembers(member);
  }
  return info;
}

function instanceId(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
