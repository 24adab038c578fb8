import { randomUUID } from 'node:crypto';
import type { Delivery } from './delivery.js';
import { type Selection, selectionOf } from './filters.js';
import type { LogIndex } from './log-index.js';
import type { Node } from './node.js';
import { ordinalAt } from './positions.js';
import { type ReadReq, type ReadResp, streamNameOf, streams } from './protocol.js';
import type { Sending } from './sending.js';

type Options = NonNullable<ReturnType<ReadReq['getOptions']>>;

/** The events of a subscription from where it stands, a few at a time; nothing when it has seen all there are. */
interface Course {
  next(): { events: number[]; checkpoint: number | undefined };
  isAtEnd(): boolean;
}

const PAGE = 64;

/** Sends what comes after the point where the client stands, until it goes. */
export async function subscribe(node: Node, sending: Sending, delivery: Delivery, options: Options): Promise<void> {
  const { index } = node.store;
  const course = options.hasStream() ? courseOfStream(index, options) : courseOfAll(index, options);
  if (!(await sending.send(confirmation()))) return;
  for (let caughtUp = false; !sending.gone.aborted;) {
    const { events, checkpoint } = course.next();
    if (!(await delivery.deliver(node.store.read(events)))) return;
    if (checkpoint !== undefined && !(await sending.send(checkpointAt(checkpoint)))) return;
    if (!course.isAtEnd()) continue;
    if (!caughtUp && !(await sending.send(caughtUpMessage()))) return;
    caughtUp = true;
    if (course.isAtEnd()) await node.store.grown(sending.gone);
  }
}

function courseOfStream(index: LogIndex, options: Options): Course {
  const from = options.getStream()!;
  const name = streamNameOf(from.getStreamIdentifier());
  let next = from.hasRevision() ? Number(from.getRevision()) + 1 : from.hasEnd() ? index.lastRevision(name) + 1 : 0;
  return {
    next: () => {
      const events: number[] = [];
      next = Math.max(next, index.firstReadable(name));
      while (next <= index.lastRevision(name) && events.length < PAGE) events.push(index.ordinal(name, next++)!);
      return { events, checkpoint: undefined };
    },
    isAtEnd: () => next > index.lastRevision(name),
  };
}

function courseOfAll(index: LogIndex, options: Options): Course {
  const selection = selectionOf(options.getFilter());
  const from = options.getAll()!;
  const at = from.getPosition();
  let next = at ? after(index, Number(at.getCommitPosition())) : from.hasEnd() ? index.count : 0;
  const checkpoints = new Checkpoints(selection);
  return {
    next: () => {
      const events: number[] = [];
      const begin = next;
      let due = false;
      while (next < index.count && events.length < PAGE && !due) {
        if (selection.allows(index, next)) events.push(next);
        due = checkpoints.pass(next++ === index.count - 1);
      }
      return { events, checkpoint: due && next > begin ? index.position(next - 1) : undefined };
    },
    isAtEnd: () => next >= index.count,
  };
}

/** The event after a position: the position itself is what the client has seen. */
function after(index: LogIndex, position: number): number {
  const ordinal = ordinalAt(index, position);
  return ordinal < index.count && index.position(ordinal) === position ? ordinal + 1 : ordinal;
}

/** A filtered subscription hears how far it was looked through: every so many events, and when it catches up first. */
class Checkpoints {
  #passed = 0;
  #caughtUp = false;

  constructor(private readonly selection: Selection) {}

  pass(isLast: boolean): boolean {
    const every = this.selection.checkpointEvery;
    if (every === undefined) return false;
    const catchesUp = isLast && !this.#caughtUp;
    this.#caughtUp ||= isLast;
    this.#passed = (this.#passed + 1) % every;
    return this.#passed === 0 || catchesUp;
  }
}

function confirmation(): ReadResp {
  const confirmed = new streams.ReadResp.SubscriptionConfirmation();
  confirmed.setSubscriptionId(randomUUID());
  const answer = new streams.ReadResp();
  answer.setConfirmation(confirmed);
  return answer;
}

function checkpointAt(position: number): ReadResp {
  const checkpoint = new streams.ReadResp.Checkpoint();
  checkpoint.setCommitPosition(String(position));
  checkpoint.setPreparePosition(String(position));
  const answer = new streams.ReadResp();
  answer.setCheckpoint(checkpoint);
  return answer;
}

function caughtUpMessage(): ReadResp {
  const answer = new streams.ReadResp();
  answer.setCaughtUp(new streams.ReadResp.CaughtUp());
  return answer;
}
