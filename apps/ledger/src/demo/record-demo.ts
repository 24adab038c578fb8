import {
  aggregateOf,
  bookingSources,
  CommandHandling,
  type Handled,
  ledgerOrigin,
  settleBookings,
} from '@ledger/commands';
import { type Command, readFact, Refusal, type VoucherRef } from '@ledger/domain';
import { type EventLog, openSqliteLog } from '@ledger/eventlog';
import { demoCommandId } from './recording/asked.js';
import { batchesOf, InOrder } from './recording/in-order.js';
import { atOffice } from './recording/office-days.js';
import { FIRST_KEY } from './county/registers.js';
import { type PlaceOf, type Round, roundsOf, type Step } from './recording/step.js';
import { type ScriptedClock, scriptedClock } from './recording/scripted-clock.js';
import { LAST_KEY, script } from './script.js';
import { FIRST_YEAR } from './books/years.js';

/** How many steps of the demo are recorded. */
export interface Progress {
  readonly done: number;
  readonly of: number;
}

/**
 * Fills an empty data directory with the three years of a district, as the people of its townships would have recorded
 * them: the log's clock follows the story. The same every time, byte for byte. A demo that was interrupted is finished,
 * since what is recorded answers with its first receipt; any other log that holds facts is left alone. Says whether it
 * had anything to do.
 */
export async function recordDemo(
  { directory, name }: { readonly directory: string; readonly name: string },
  onProgress: (progress: Progress) => void = () => undefined,
  steps: () => readonly Step[] = script,
): Promise<boolean> {
  const clock = scriptedClock(atOffice(`${FIRST_YEAR}-01-04`, -10));
  const log = openSqliteLog(directory, { clock });
  try {
    if (!(await isWanted(log))) return false;
    await new Recording(log, clock, await ledgerOrigin(log, { name, demo: true })).all(steps(), onProgress);
    return true;
  } finally {
    await log.close();
  }
}

async function isWanted(log: EventLog): Promise<boolean> {
  const head = await log.head();
  if (head === 0) return true;
  const { demo } = await ledgerOrigin(log, { name: '', demo: false });
  if (!demo) return false;
  const begun = head === 1 || (await log.receiptOf(demoCommandId(FIRST_KEY))) !== undefined;
  return begun && (await log.receiptOf(demoCommandId(LAST_KEY))) === undefined;
}

class Recording {
  readonly #inOrder: InOrder;
  readonly #handling: CommandHandling;
  /** Where the vouchers stand that later steps name. */
  readonly #places = new Map<string, VoucherRef>();
  #booked = 0;

  constructor(
    private readonly log: EventLog,
    private readonly clock: ScriptedClock,
    ledger: { readonly demo: boolean },
  ) {
    this.#inOrder = new InOrder(log);
    this.#handling = new CommandHandling(this.#inOrder.log, ledger);
  }

  async all(steps: readonly Step[], onProgress: (progress: Progress) => void): Promise<void> {
    let done = 0;
    for (const round of roundsOf(steps)) {
      await this.#round(round);
      done += round.length;
      onProgress({ done, of: steps.length });
    }
  }

  /** What a batch asks its books for is booked before the next one: the server would do it at once. */
  async #round(round: Round): Promise<void> {
    for (const { at } of round) this.clock.set(at);
    const asked = round.map(({ named, command }) => ({ named, command: command(this.#placeOf) }));
    for (const batch of batchesOf(asked)) {
      const handled = await this.#inOrder.together(
        batch.map(({ command }) => command),
        this.#handle,
      );
      for (const [index, { named }] of batch.entries()) {
        if (named !== undefined) this.#places.set(named, await this.#voucherOf(handled[index]));
      }
      const { log } = this;
      this.#booked = await settleBookings({ log, sources: bookingSources, handle: this.#handle }, this.#booked);
    }
  }

  readonly #handle = async (command: Command): Promise<Handled> => {
    try {
      return await this.#handling.handle(aggregateOf(command), command);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new Error(`the demo's ${command.context.idempotencyKey} is refused: ${error.message}`, { cause: error });
    }
  };

  readonly #placeOf: PlaceOf = (key) => {
    const place = this.#places.get(key);
    if (place === undefined) throw new Error(`the demo has no voucher ${key} yet`);
    return place;
  };

  async #voucherOf(handled: Handled | undefined): Promise<VoucherRef> {
    const { stream = '', revision = 0 } = handled?.receipt ?? {};
    const [recorded] = await this.log.readStream(stream, revision, 1);
    if (recorded === undefined) throw new RangeError(`${stream} has no revision ${revision}`);
    const { period, voucherNo } = readFact(recorded.fact).data as VoucherRef;
    return { period, voucherNo };
  }
}
