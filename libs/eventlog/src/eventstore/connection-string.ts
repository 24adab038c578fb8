import { isIP } from 'node:net';

/** Where the nodes are and who asks them. */
export interface EventStoreAddress {
  /** `esdb://…` or `esdb+discover://…`. */
  readonly url: string;
  /** In place of what the URL says; they go together. */
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** The certificates of the authority that the nodes' own are signed by. */
  readonly caFile?: string | undefined;
}

/** The EventStoreDB that is named cannot be used; the sentence says why and what to do. It repeats no password. */
export class UnusableEventStore extends Error {
  override readonly name = 'UnusableEventStore';
}

const URL_OF_NODES =
  /^(esdb(?:\+discover)?:\/\/)(?:([^/@]*)@)?([\w.-]+(?::\d{1,5})?(?:,[\w.-]+(?::\d{1,5})?)*)\/?(\?.*)?$/u;

/**
 * One connection string, checked here: the client would put a wrong one into its error, with the password in it. Throws
 * `UnusableEventStore`.
 */
export function connectionString({ url, user, password, caFile }: EventStoreAddress): string {
  const [, protocol, inUrl, hosts, query = ''] = URL_OF_NODES.exec(url.trim()) ?? [];
  if (protocol === undefined || hosts === undefined) {
    throw new UnusableEventStore(
      'EventStoreDB地址应为 esdb://节点:端口,节点:端口,可带 ?tls=false。' +
        ' The address of EventStoreDB must be esdb://node:port,node:port, perhaps with ?tls=false.',
    );
  }
  if ((user === undefined) !== (password === undefined) || (user !== undefined && inUrl !== undefined)) {
    throw new UnusableEventStore(
      'EventStoreDB的用户名和密码须同时给出,并且只在一处给出(地址中,或单独设置)。' +
        ' The user and the password of EventStoreDB go together, and stand either in its address or apart from it.',
    );
  }
  if (inUrl !== undefined && !/^[^:]+:[^:]+$/u.test(inUrl)) {
    throw new UnusableEventStore(
      'EventStoreDB地址中的用户名和密码应写作 用户名:密码@,特殊字符用百分号编码。' +
        ' User and password in the address of EventStoreDB are written user:password@, other signs percent-encoded.',
    );
  }
  const parameters = new Map(query.split(/[?&]/u).map((pair): [string, string] => [flat(pair), pair]));
  const isOpen = [...parameters.values()].some((pair) => /^tls=false$/iu.test(pair));
  const bare = hosts.split(',').find((host) => isIP(host.split(':')[0] ?? '') !== 0);
  if (!isOpen && bare !== undefined) {
    throw new UnusableEventStore(
      `EventStoreDB节点${bare}用了IP地址:TLS证书属于主机名,请改用主机名。` +
        ` The node ${bare} of EventStoreDB is a bare address: a TLS certificate is for a name, so give its name.`,
    );
  }
  if (caFile !== undefined) parameters.set('tlscafile', `tlsCAFile=${encodeURIComponent(caFile)}`);
  const credentials = user === undefined ? inUrl : `${encodeURIComponent(user)}:${encodeURIComponent(password ?? '')}`;
  const asked = [...parameters.values()].filter((pair) => pair !== '').join('&');
  return `${protocol}${credentials === undefined ? '' : `${credentials}@`}${hosts}${asked === '' ? '' : `?${asked}`}`;
}

/** The client takes `tls_ca_file` for `tlsCAFile`. */
function flat(pair: string): string {
  return (pair.split('=')[0] ?? '').toLowerCase().replaceAll(/[_-]/gu, '');
}
