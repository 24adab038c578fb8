import { aggregateOf } from '@ledger/commands';
import {
  type Command,
  type CommandContext,
  commandIdOf,
  type FactDraft,
  fingerprintOf,
  Refusal,
  sign,
  uuidV8,
} from '@ledger/domain';
import type { Draft } from '@ledger/drafts';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type Permit, permitOf } from '../access/permit.js';
import { sightOf } from '../access/sight.js';
import { RUNTIME, type Runtime } from '../boot/runtime.js';
import { validationPipe } from '../boot/validation.js';
import { sightOfDrafts } from './drafts-in-sight.js';
import { commandOf } from './signed-commands.js';
import { allOf, WaitingDrafts } from './waiting-drafts.js';

/** No account can be called so: no client's key ever makes the command id of an approval. */
const APPROVAL = 'approval:';

/** The draft that a request under this command id makes; a retry makes no second one. */
export function draftIdOf(commandId: string): string {
  return uuidV8(`draft\n${commandId}`);
}

/** Under this id a draft is recorded, whoever approves it and how often: there is one voucher of it, for ever. */
export function approvalCommandId(draft: string): string {
  return commandIdOf(APPROVAL, draft);
}

/** The commands that drafts ask for. */
@Injectable()
export class DraftedCommands {
  readonly #checked = validationPipe();

  constructor(
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(WaitingDrafts) private readonly waiting: WaitingDrafts,
  ) {}

  /** A draft that is out of the asker's sight is answered as one that there is not. */
  seen(id: string, permit: Permit): Draft {
    const draft = this.runtime.drafts.find(id);
    const { sees } = sightOfDrafts(permit, this.runtime.views.scopes);
    if (draft === undefined || !sees(draft)) throw new Refusal('DRAFT_UNKNOWN', { draft: id }, 'draft');
    return draft;
  }

  /** With the signatures that the draft has so far, asked for by whoever asks now, and agrees to what it comes to. */
  async of(draft: Draft, body: object, request: FastifyRequest, agreed?: CommandContext['agreed']): Promise<Command> {
    const command = await this.asNamed(draft, body, request);
    sign(command, draft.signatures);
    if (agreed !== undefined) command.context = { ...command.context, agreed: allOf(command.context.agreed, agreed) };
    return command;
  }

  /** With the people whom the body names. */
  async asNamed(
    { id, command: name, path, signatures }: Draft,
    body: object,
    request: FastifyRequest,
  ): Promise<Command> {
    const permit = permitOf(request);
    const sight = sightOf(permit);
    const context: CommandContext = {
      actor: permit.principal.id,
      idempotencyKey: id,
      commandId: approvalCommandId(id),
      fingerprint: fingerprintOf(name, { path, body, signatures }),
      correlationId: id,
      agreed: this.waiting.refusesCloses(permit),
      ...(sight === undefined ? {} : { sight }),
    };
    return Object.assign(await commandOf(name, path, body, this.#checked), { context });
  }

  /** What it would record if it were recorded now, or the refusal as a rejection. */
  preview(command: Command): Promise<readonly FactDraft[]> {
    return this.runtime.handling.preview(aggregateOf(command), command);
  }

  /** The same, whatever the asker sees: what it gives is not for him. */
  previewInFull(command: Command): Promise<readonly FactDraft[]> {
    const { sight: _, ...context } = command.context;
    command.context = context;
    return this.preview(command);
  }
}
