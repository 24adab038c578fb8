import { readFact } from '@ledger/domain';
import { approved, type Draft, signed } from '@ledger/drafts';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { RUNTIME, type Runtime } from '../boot/runtime.js';
import { receiptBody } from '../write/recording.js';
import { approvalCommandId } from './drafted-commands.js';

const DAY_MS = 24 * 60 * 60_000;
/** A year, and the time in which it is audited. What was approved stands in the ledger for ever. */
const KEPT_AFTER_CLOSING_MS = 400 * DAY_MS;
const FORGOTTEN_AT_ONCE = 500;

/** Keeps drafts in step with the ledger, and forgets them long after they are closed. */
@Injectable()
export class DraftKeeping implements OnApplicationBootstrap, OnApplicationShutdown {
  #daily: NodeJS.Timeout | undefined;

  constructor(@Inject(RUNTIME) private readonly runtime: Runtime) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const { id } of this.runtime.drafts.waiting()) await this.#settleInterrupted(id);
    await this.#forget();
    this.#daily = setInterval(() => void this.#forget(), DAY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#daily);
  }

  /**
   * An approval that was interrupted between the ledger and the draft has been recorded: the log knows it by its
   * command id, and who approved it.
   */
  async settled(draft: Draft): Promise<Draft> {
    const { log, drafts } = this.runtime;
    const known = draft.status === 'SUBMITTED' ? await log.receiptOf(approvalCommandId(draft.id)) : undefined;
    if (known === undefined) return draft;
    const { stream, facts, revision } = known.receipt;
    const [recorded] = await log.readStream(stream, facts[0]?.revision ?? revision, 1);
    if (recorded === undefined) throw new Error(`${stream} lacks the facts of draft ${draft.id}`);
    const doing = { by: readFact(recorded.fact).actor, at: new Date(recorded.recordedAtMs).toISOString() };
    const { version, figures, signedFigures = figures } = draft;
    const looked = { version, figures: signedFigures };
    const receipt = await receiptBody(known.receipt, log);
    const next = approved(signed(draft, looked, doing), receipt, doing);
    drafts.replace(draft, next, { closedAtMs: recorded.recordedAtMs });
    return next;
  }

  /** In the turn of the draft: another process may just be approving it. */
  async #settleInterrupted(id: string): Promise<void> {
    const { log, drafts } = this.runtime;
    if ((await log.receiptOf(approvalCommandId(id))) === undefined) return;
    await drafts.alone(id, async () => {
      const draft = drafts.find(id);
      if (draft !== undefined) await this.settled(draft);
    });
  }

  async #forget(): Promise<void> {
    const { drafts, log } = this.runtime;
    while (drafts.forget(log.now() - KEPT_AFTER_CLOSING_MS, FORGOTTEN_AT_ONCE) === FORGOTTEN_AT_ONCE) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
