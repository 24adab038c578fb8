import type { Fault } from './faults.js';
import type { EventStoreServer } from './server.js';

/** What a test tells a server that runs as its child process; each order is answered once it is in force. */
export type Order =
  | { order: 'set'; fault: Fault }
  | { order: 'clear' }
  | { order: 'disconnect' }
  | { order: 'elect'; node: number }
  | { order: 'struck'; name: Fault['name'] };

export type OrderAnswer = { done: true; struck?: number } | { done: false; error: string };

/** Lets the parent process set faults. */
export function obey(server: EventStoreServer): void {
  process.on('message', (order: Order) => {
    process.send?.(answered(server, order));
  });
}

function answered(server: EventStoreServer, order: Order): OrderAnswer {
  try {
    if (order.order === 'struck') return { done: true, struck: server.faults.struck(order.name) };
    if (order.order === 'set') server.faults.set(order.fault);
    else if (order.order === 'clear') server.faults.clear();
    else if (order.order === 'disconnect') server.disconnect();
    else server.elect(order.node);
    return { done: true };
  } catch (error) {
    return { done: false, error: String(error) };
  }
}
