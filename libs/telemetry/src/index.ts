export { type Inside } from './inside.js';
export { type Begun, during, type Ended, type Observer, type Work } from './observer.js';
export { handlingFor } from './observed-handling.js';
export { observedLog } from './observed-log.js';
export { type TelemetrySettings, telemetrySettings } from './settings.js';
export type { Watched } from './standing.js';
export { openTelemetry, type Telemetry } from './telemetry.js';
