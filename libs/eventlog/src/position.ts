import type { Receipt } from './event-log.js';

/** The position of a receipt where the commit decides the order: it is always there. */
export async function positionIn({ position, stream }: Receipt): Promise<number> {
  if (position === undefined) throw new Error(`the receipt of ${stream} has no position`);
  return position;
}
