import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a process of the cluster is, for whoever watches over it. */
export interface Health {
  readonly status: 'ok' | 'degraded' | 'unavailable';
  readonly [more: string]: unknown;
}

export interface HealthServer {
  readonly url: string;
  close(): Promise<void>;
}

/** `GET /health/live` and `GET /health/ready`, as the api answers them; nothing else, and nothing of what is recorded. */
export async function serveHealth(
  { host, port }: { readonly host: string; readonly port: number },
  ready: () => Promise<Health>,
): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const answer = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
      response.end(JSON.stringify(body));
    };
    if (request.method !== 'GET') answer(405, { status: 'unavailable' });
    else if (request.url === '/health/live') answer(200, { status: 'ok' });
    else if (request.url !== '/health/ready') answer(404, { status: 'unavailable' });
    else {
      void ready().then(
        (health) => answer(health.status === 'unavailable' ? 503 : 200, health),
        () => answer(503, { status: 'unavailable' }),
      );
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  const { address, family, port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
