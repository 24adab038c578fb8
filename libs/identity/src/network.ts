import { isIPv4, isIPv6 } from 'node:net';

const GROUPS = 8;
const GROUPS_OF_NETWORK = 4;
const BEFORE_IPV4 = '0:0:0:0:0:ffff';

/**
 * What counts as one asker: an IPv4 address, also where it is written as an IPv6 one (RFC 4291 §2.5.5.2), and of IPv6 the
 * network of 64 bits, because whoever has one address of it has them all. Anything else counts as it is.
 */
export function networkOf(address: string): string {
  if (isIPv4(address) || !isIPv6(address)) return address;
  const groups = groupsOf(address);
  const [high = 0, low = 0] = groups.slice(GROUPS - 2).map((group) => Number.parseInt(group, 16));
  if (groups.slice(0, GROUPS - 2).join(':') === BEFORE_IPV4)
    return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  return `${groups.slice(0, GROUPS_OF_NETWORK).join(':')}::/64`;
}

/** All eight, in lower case and without leading zeros, whatever way they are written. */
function groupsOf(address: string): string[] {
  const [withoutZone = ''] = address.split('%');
  const shortest = new URL(`http://[${withoutZone}]`).hostname.slice(1, -1);
  const [head = [], tail = []] = shortest.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  return [...head, ...Array<string>(GROUPS - head.length - tail.length).fill('0'), ...tail];
}
