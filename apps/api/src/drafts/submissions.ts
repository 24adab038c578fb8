import { Turns } from '@ledger/commands';
import { type Command, Refusal, refuseForeignSignature, signaturesOf } from '@ledger/domain';
import { type Content, type Draft, submitted } from '@ledger/drafts';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { permitOf } from '../access/permit.js';
import { RUNTIME, type Runtime } from '../boot/runtime.js';
import { DraftedCommands, draftIdOf } from './drafted-commands.js';
import { sightOfDrafts } from './drafts-in-sight.js';
import { headlineOf } from './headline.js';

export interface Submitted {
  readonly draft: Draft;
  readonly replayed: boolean;
}

/** Where there are accounts, what others have to sign is submitted and not recorded. */
@Injectable()
export class Submissions {
  readonly #turns = new Turns();

  constructor(
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(DraftedCommands) private readonly commands: DraftedCommands,
  ) {}

  /** Whether a command waits for others to sign it. A key that a draft has used is refused for anything else. */
  async takes(command: Command): Promise<boolean> {
    const { commandId, idempotencyKey, fingerprint, sight } = command.context;
    // One token for everything has no sight, and needs nobody else.
    if (sight === undefined) return false;
    const used = this.runtime.drafts.fingerprintOf(draftIdOf(commandId));
    if (used !== undefined && used !== fingerprint) refuseReuse(idempotencyKey);
    if (signaturesOf(command) === undefined) return false;
    const recorded = await this.runtime.log.receiptOf(commandId);
    if (recorded !== undefined && recorded.fingerprint !== fingerprint) refuseReuse(idempotencyKey);
    // What was recorded under the key before is answered by its receipt.
    return recorded === undefined;
  }

  /** Decides it once without recording, so that its preparer hears at once what the ledger would refuse. */
  async submit(command: Command, path: object, request: FastifyRequest): Promise<Submitted> {
    const { commandId, actor, fingerprint, idempotencyKey } = command.context;
    const { drafts, log, views } = this.runtime;
    const id = draftIdOf(commandId);
    const once = async (): Promise<Submitted> => {
      const known = drafts.find(id);
      const { sees } = sightOfDrafts(permitOf(request), views.scopes);
      if (known !== undefined && sees(known)) return { draft: known, replayed: true };
      const named = signaturesOf(command) ?? {};
      refuseForeignSignature('preparedBy', named.preparedBy, actor);
      const headline = headlineOf(await this.commands.preview(command));
      // The draft of this key was forgotten, or has gone out of sight.
      if (drafts.fingerprintOf(id) !== undefined) refuseReuse(idempotencyKey);
      const said = { id, command: command.constructor.name, path: path as Draft['path'], named, ...headline };
      const draft = submitted(said, { by: actor, at: new Date(log.now()).toISOString() });
      drafts.add(draft, { version: draft.version, body: request.body as Content['body'] }, fingerprint);
      return { draft, replayed: false };
    };
    return this.#turns.take(id, () => drafts.alone(id, once));
  }
}

function refuseReuse(key: string): never {
  throw new Refusal('IDEMPOTENCY_KEY_REUSED', { key }, 'Idempotency-Key');
}
