import { CorruptLog } from '@ledger/domain';
import { leafOf } from '@ledger/transparency';
import { type EventLog, MAX_FACTS_IN_APPEND, type RecordedFact } from '../event-log.js';
import { wholeAppends } from '../tail.js';
import { Claims } from './claims.js';
import { importedClaim, importedFacts } from './imported-append.js';
import { type Names, namesIn } from './names.js';
import { Order } from './order.js';
import { epochMark, importedLink, NOTHING_ORDERED, standingAt } from './order-entries.js';
import { type NewEvent, StreamMoved } from './events.js';
import { EventStore, type StoreOptions } from './store.js';
import { type Told, toldBy } from './told.js';

/** The log that is taken over: nobody may write to it meanwhile. */
export type SourceLog = Pick<EventLog, 'readAfter' | 'receiptOf' | 'head'>;

export interface ImportOptions extends StoreOptions {
  readonly namespace: string;
  /** Positions that were taken over or looked through so far, of how many. */
  onProgress?(what: 'moved' | 'verified', position: number, of: number): void;
}

/** What stands in EventStoreDB under this name is another ledger, or somebody is working with it. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused';
}

const PAGE = MAX_FACTS_IN_APPEND;

/**
 * Takes a log over into EventStoreDB as it is: bytes, revisions, positions, instants, leaves, and what every command id was
 * used for. It may be interrupted anywhere and begun again: what is there already is recognised and not written twice.
 * Facts are appended one after the other, because the order of the store's file has to be that of the ledger. Resolves with
 * the newest position, after every leaf was computed anew from the bytes that EventStoreDB gives back, and compared.
 */
export async function importLog(source: SourceLog, options: ImportOptions): Promise<number> {
  const names = namesIn(options.namespace);
  const store = await EventStore.connect(options);
  try {
    const head = await source.head();
    await move(source, store, names, (position) => options.onProgress?.('moved', position, head));
    await verify(source, new Order(store, names), (position) => options.onProgress?.('verified', position, head));
    return head;
  } catch (error) {
    throw error instanceof StreamMoved
      ? new ImportRefused(
          `有别的进程正在写入“${options.namespace}”,请先停止集群 Somebody else writes to ${options.namespace}: stop the cluster first`,
        )
      : error;
  } finally {
    await store.close();
  }
}

async function move(
  source: SourceLog,
  store: EventStore,
  names: Names,
  onMoved: (position: number) => void,
): Promise<void> {
  const last = await store.last(names.order);
  const before = last === undefined ? NOTHING_ORDERED : standingAt(last);
  await refuseAnother(source, new Order(store, names), before.position);
  const epoch = before.epoch + 1;
  let revision = last?.revision ?? -1;
  await store.append(names.order, revision, [epochMark({ ...before, epoch })]);
  revision++;
  const claims = new Claims(store, names);
  let recordedAtMs = before.recordedAtMs;
  for (let position = before.position; ;) {
    const facts = wholeAppends(await source.readAfter(position, PAGE));
    if (facts.length === 0) break;
    const appends = splitIntoAppends(facts);
    await Promise.all(appends.map((append) => importedClaim(append, source, claims)));
    const links: NewEvent[] = [];
    // One after the other: the file of the store has them in the ledger's order then.
    for (const append of appends) {
      const stored = await importedFacts(append, store, names);
      links.push(...append.map((fact, index) => importedLink(fact, stored[index], epoch)));
    }
    await store.append(names.order, revision, links);
    revision += links.length;
    position += facts.length;
    recordedAtMs = facts.at(-1)?.recordedAtMs ?? recordedAtMs;
    onMoved(position);
  }
  const told = await store.last(names.clock);
  if (told === undefined) await store.keepNewest(names.clock, 1);
  const tells: Told = { toldMs: Math.max(recordedAtMs, told === undefined ? 0 : toldBy(told).toldMs), left: true };
  await store.append(names.clock, told?.revision ?? -1, [{ type: 'told', data: Buffer.from(JSON.stringify(tells)) }]);
}

/** What is there must be the beginning of this very log. */
async function refuseAnother(source: SourceLog, order: Order, position: number): Promise<void> {
  if (position === 0) return;
  const [[there], [here]] = await Promise.all([order.readAfter(position - 1, 1), source.readAfter(position - 1, 1)]);
  if (there === undefined || there.leaf !== here?.leaf) {
    throw new ImportRefused(
      `EventStoreDB中已有另一个账本的${position}条事实 EventStoreDB holds ${position} facts of another ledger under this name`,
    );
  }
}

async function verify(source: SourceLog, order: Order, onVerified: (position: number) => void): Promise<void> {
  for (let position = 0; ;) {
    const here = await source.readAfter(position, PAGE);
    const there = await order.readAfter(position, Math.max(1, here.length));
    for (const [index, fact] of here.entries()) {
      const moved = there[index];
      const leaf = moved && leafOf(moved.position, moved.recordedAtMs, moved.fact);
      if (moved?.leaf !== fact.leaf || leaf !== fact.leaf || moved.remaining !== fact.remaining) {
        throw new CorruptLog(`position ${fact.position} is not the same in EventStoreDB`);
      }
    }
    if (there.length > here.length)
      throw new CorruptLog(`EventStoreDB has facts after position ${position + here.length}`);
    if (here.length === 0) return;
    position += here.length;
    onVerified(position);
  }
}

function splitIntoAppends(facts: readonly RecordedFact[]): RecordedFact[][] {
  const appends: RecordedFact[][] = [[]];
  for (const fact of facts) {
    appends.at(-1)?.push(fact);
    if (fact.remaining === 0) appends.push([]);
  }
  return appends.filter((append) => append.length > 0);
}
