/** For the first line and the headers; a client that sends them a byte at a time holds its connection no longer. */
const HEADERS_TIMEOUT_MS = 20_000;
const CHECKED_EVERY_MS = 5_000;
/** Each takes memory and a file of the process, whether anything comes over it or not. */
export const MAX_CONNECTIONS = 2_000;

/**
 * How long a whole request may take to arrive, also the largest file over a slow line. One that never ends, because its
 * client sends a byte now and then, is cut off.
 */
export function timeLimits(requestSeconds: number) {
  const requestTimeout = requestSeconds * 1_000;
  const headersTimeout = Math.min(HEADERS_TIMEOUT_MS, requestTimeout);
  const connectionsCheckingInterval = Math.min(CHECKED_EVERY_MS, requestTimeout / 2);
  return { requestTimeout, http: { headersTimeout, connectionsCheckingInterval } };
}
