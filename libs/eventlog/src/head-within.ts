import type { EventLog } from './event-log.js';

/** The newest position, or undefined where the log fails or does not say within a time: for whoever must not wait for it. */
export async function headWithin(log: Pick<EventLog, 'head'>, ms: number): Promise<number | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([log.head().catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
}
