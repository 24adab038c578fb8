import { tellOfInside } from './inside.js';
import { type Metrics, openMetrics } from './metrics.js';
import { serveMetrics } from './metrics-server.js';
import { type Observer, together } from './observer.js';
import type { TelemetrySettings } from './settings.js';
import { standingOf, type Watched } from './standing.js';
import { openTraces } from './traces.js';

export interface Telemetry {
  /** Whom to tell; nobody where neither figures nor traces are wanted, and then nothing is told and nothing costs. */
  readonly observer: Observer | undefined;
  /** Begins to answer who asks for figures; where they are to be had. */
  serve(watched: Watched): Promise<string | undefined>;
  close(): Promise<void>;
}

/** Whatever the settings ask for; the libraries that it takes are loaded only then. */
export async function openTelemetry(
  { metrics: door, traces }: TelemetrySettings,
  { service, env, onError }: { service: string; env: NodeJS.ProcessEnv; onError: (error: string) => void },
): Promise<Telemetry> {
  const figures: Metrics | undefined = door && (await openMetrics());
  const spans = traces ? await openTraces(service, env, onError) : undefined;
  const listening = [figures, spans].filter((each) => each !== undefined);
  const observer = listening.length === 0 ? undefined : together(listening);
  const hearNoMore = observer && tellOfInside(observer, figures);
  let server: Awaited<ReturnType<typeof serveMetrics>> | undefined;
  return {
    observer,
    serve: async (watched) => {
      if (figures === undefined || door === undefined) return undefined;
      server = await serveMetrics(figures.registry, standingOf(figures, watched), door);
      return server.url;
    },
    close: async () => {
      hearNoMore?.();
      await server?.close();
      await spans?.close();
    },
  };
}
