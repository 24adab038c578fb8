import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BadConfiguration } from '@ledger/settings';
import type { Registry } from 'prom-client';

export interface MetricsServer {
  readonly url: string;
  close(): Promise<void>;
}

/** `GET /metrics`, and nothing else. */
export async function serveMetrics(
  registry: Registry,
  look: () => Promise<void>,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    void look()
      .then(async () => registry.metrics())
      .then(
        (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
        () => response.writeHead(500).end(),
      );
  });
  await listening(server, host, port);
  const { address, family, port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}/metrics`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function listening(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) =>
      reject(
        new BadConfiguration(
          `LEDGER_METRICS_PORT=${port} 无法使用(${code}):可能已被其他程序占用。Figures cannot be told at ${host}:${port} (${code}); choose another LEDGER_METRICS_PORT, or 0 for any free one.`,
        ),
      ),
    );
    server.listen(port, host, resolve);
  });
}
