import { setTimeout as sleep } from 'node:timers/promises';
import { notReady } from './answers.js';
import { eventMessage, type Targets, targetsOf } from './event-message.js';
import type { CallKind } from './faults.js';
import type { Node } from './node.js';
import type { RecordedEvent } from './record.js';
import type { Sending } from './sending.js';

/** Takes events to one reader, unless a fault befalls them on the way. */
export class Delivery {
  constructor(
    private readonly node: Node,
    private readonly sending: Sending,
    private readonly kind: CallKind,
    private readonly resolveLinks: boolean,
  ) {}

  /** False when the reader has gone. */
  async deliver(events: readonly RecordedEvent[]): Promise<boolean> {
    const targets: Targets = this.resolveLinks ? targetsOf(this.node.store, events) : new Map();
    for (const event of events) if (!(await this.#deliver(event, targets))) return false;
    return true;
  }

  async #deliver(event: RecordedEvent, targets: Targets): Promise<boolean> {
    const fault = this.node.cluster.faults.ofEvent(this.kind, event.stream);
    if (fault?.name === 'subscription-dropped') throw notReady();
    if (fault?.name === 'read-cut') {
      this.node.cut(this.sending.call.getPeer());
      return false;
    }
    if (fault?.name === 'slow-subscription')
      await sleep(fault.delayMs ?? 0, undefined, { signal: this.sending.gone }).catch(() => undefined);
    if (fault?.name === 'duplicate-delivery' && !(await this.#send(event, targets))) return false;
    return this.#send(event, targets);
  }

  #send(event: RecordedEvent, targets: Targets): Promise<boolean> {
    this.node.cluster.delivered++;
    return this.sending.send(eventMessage(this.node.store, event, targets));
  }
}
