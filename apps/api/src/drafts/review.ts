import { Turns } from '@ledger/commands';
import { fingerprintOf, Refusal, refuseForeignSignature, signaturesOf } from '@ledger/domain';
import {
  approved,
  type Content,
  type Doing,
  type Draft,
  type Looked,
  refusedAtApproval,
  resubmitted,
  returned,
  signed,
  withdrawn,
} from '@ledger/drafts';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { actorOf, permitOf, rolesAt } from '../access/permit.js';
import { notAllowed } from '../access/rules/index.js';
import { note } from '../boot/logging.js';
import { RUNTIME, type Runtime } from '../boot/runtime.js';
import { wrongInput } from '../input.js';
import { type ReceiptBody, Recording } from '../write/recording.js';
import { draftDetailAnswer, type Outcome, wordsOf } from './draft-answers.js';
import { DraftKeeping } from './draft-keeping.js';
import { DraftedCommands } from './drafted-commands.js';
import { sightOfDrafts } from './drafts-in-sight.js';
import { refuseOther, tagRead } from './figures.js';
import { headlineOf } from './headline.js';
import { operationOf } from './signed-commands.js';
import { allOf } from './waiting-drafts.js';

/** With the last signature the receipt; before that the draft, which waits for the next. */
export type Approved = { readonly draft: Draft } | { readonly receipt: ReceiptBody; readonly replayed: boolean };

interface Detail {
  readonly draft: ReturnType<typeof draftDetailAnswer>;
  readonly tag: string;
}

interface Next {
  readonly draft: Draft;
  readonly content?: Content;
  readonly closedAtMs?: number;
}

/** What others do with a draft, and its preparer afterwards. One step at a time for each draft, in whichever process. */
@Injectable()
export class Review {
  readonly #turns = new Turns();

  constructor(
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(DraftedCommands) private readonly commands: DraftedCommands,
    @Inject(DraftKeeping) private readonly keeping: DraftKeeping,
    @Inject(Recording) private readonly recording: Recording,
  ) {}

  /** With what was sent, and what the ledger would record of it now; `tag` names both. */
  async detail(id: string, request: FastifyRequest): Promise<Detail> {
    const draft = await this.#turn(id, () => this.#settled(id, request));
    const contents = this.runtime.drafts.contents(id);
    const isOpen = draft.status === 'SUBMITTED' || draft.status === 'RETURNED';
    const outcome = isOpen ? await this.#outcome(draft, bodyOf(contents), request) : undefined;
    const { readsBook } = sightOfDrafts(permitOf(request), this.runtime.views.scopes);
    return { draft: draftDetailAnswer(draft, contents, outcome, readsBook(draft)), tag: tagRead(draft, outcome) };
  }

  /**
   * What would come of it now. To who does not sign it, a refusal is told where everybody would meet it: one that rests on
   * what is out of his own sight says nothing of the draft, and what there is instead is not for him.
   */
  async #outcome(draft: Draft, body: Content['body'], request: FastifyRequest): Promise<Outcome> {
    const command = await this.commands.of(draft, body, request);
    const outcome = await this.commands.preview(command).catch(refusalOnly);
    if (!(outcome instanceof Refusal) || this.#maySign(draft, request)) return outcome;
    const forAll = await this.commands.previewInFull(command).catch(refusalOnly);
    return forAll instanceof Refusal && forAll.message === outcome.message ? outcome : undefined;
  }

  #maySign(draft: Draft, request: FastifyRequest): boolean {
    const permit = permitOf(request);
    if (draft.preparedBy === permit.principal.id) return false;
    return sightOfDrafts(permit, this.runtime.views.scopes, 'approveDraft').sees(draft);
  }

  /** Signs for what was looked at. The last signature records just that, and asking again gives the same receipt. */
  async approve(id: string, looked: Looked, request: FastifyRequest): Promise<Approved> {
    return this.#turn(id, async (stillAlone) => {
      const draft = await this.#settled(id, request);
      const doing = this.#doing(request);
      const { recorded } = draft;
      if (recorded !== undefined && draft.version === looked.version && draft.steps.at(-1)?.by === doing.by) {
        return { receipt: recorded, replayed: true };
      }
      const next = signed(draft, looked, doing);
      // Recorded by nobody who has lost his turn: another may have given it back meanwhile.
      const agreed = allOf(refuseOther(draft, looked.figures ?? draft.figures), stillAlone);
      const command = await this.commands.of(next, bodyOf(this.runtime.drafts.contents(id)), request, agreed);
      note(request, { commandId: command.context.commandId });
      try {
        if (next.missing.length > 0) {
          await this.commands.preview(command);
          this.runtime.drafts.replace(draft, next);
          return { draft: next };
        }
        const { receipt, replayed } = await this.recording.of(command);
        this.runtime.drafts.replace(draft, approved(next, receipt, doing), { closedAtMs: Date.parse(doing.at) });
        return { receipt, replayed };
      } catch (error) {
        // It goes on waiting, and whoever reads it sees why.
        if (isDecided(error))
          this.runtime.drafts.replace(draft, refusedAtApproval(draft, { ...doing, ...wordsOf(error) }));
        throw error;
      }
    });
  }

  /** Its preparer mends what was returned. */
  async resubmit(id: string, body: Content['body'], request: FastifyRequest): Promise<Draft> {
    return this.#step(id, request, async (draft, doing) => {
      if (isAsked(draft, bodyOf(this.runtime.drafts.contents(id)), body, doing.by)) return { draft };
      // Whether he may at all, before anything is said about the content.
      resubmitted(draft, { ...draft, named: draft.signatures }, doing);
      this.#refuseOtherDuty(draft, request);
      const command = await this.commands.asNamed(draft, body, request);
      const named = signaturesOf(command);
      if (named === undefined) {
        throw wrongInput('body', '须有制单人和审核人', 'must name who prepared it and who is to review it');
      }
      refuseForeignSignature('preparedBy', named.preparedBy, doing.by);
      const headline = headlineOf(await this.commands.preview(command));
      const next = resubmitted(draft, { ...headline, named }, doing);
      return { draft: next, content: { version: next.version, body } };
    });
  }

  async giveBack(id: string, reason: string, request: FastifyRequest): Promise<Draft> {
    return this.#step(id, request, async (draft, doing) => ({ draft: returned(draft, reason, doing) }));
  }

  async withdraw(id: string, request: FastifyRequest): Promise<Draft> {
    return this.#step(id, request, async (draft, doing) => ({
      draft: withdrawn(draft, doing),
      closedAtMs: Date.parse(doing.at),
    }));
  }

  async #step(
    id: string,
    request: FastifyRequest,
    take: (draft: Draft, doing: Doing) => Promise<Next>,
  ): Promise<Draft> {
    return this.#turn(id, async () => {
      const draft = await this.#settled(id, request);
      const { draft: next, ...more } = await take(draft, this.#doing(request));
      // The same draft: it was done before.
      if (next !== draft) this.runtime.drafts.replace(draft, next, more);
      return next;
    });
  }

  #turn<T>(id: string, work: (stillAlone: () => void) => Promise<T>): Promise<T> {
    return this.#turns.take(id, () => this.runtime.drafts.alone(id, work));
  }

  async #settled(id: string, request: FastifyRequest): Promise<Draft> {
    return this.keeping.settled(this.commands.seen(id, permitOf(request)));
  }

  /** What one may no longer submit there, one does not submit again either. */
  #refuseOtherDuty(draft: Draft, request: FastifyRequest): void {
    const permit = permitOf(request);
    const operation = operationOf(draft.command);
    const { scopes } = this.runtime.views;
    if (sightOfDrafts(permit, scopes, operation).sees(draft)) return;
    throw notAllowed(operation, rolesAt(permit, scopes.placeOf(draft.division), scopes) ?? []);
  }

  #doing(request: FastifyRequest): Doing {
    return { by: actorOf(request), at: new Date(this.runtime.log.now()).toISOString() };
  }
}

function bodyOf(contents: readonly Content[]): Content['body'] {
  return contents.at(-1)?.body ?? {};
}

/** Submitted again just so, by him: the answer was lost. */
function isAsked({ steps }: Draft, last: Content['body'], body: Content['body'], by: string): boolean {
  const { did, by: whose } = steps.at(-1) ?? {};
  return did === 'RESUBMITTED' && whose === by && fingerprintOf('', last) === fingerprintOf('', body);
}

/**
 * What the rules say of it, and not that somebody else was writing or that the disk was full. Which other drafts it waits
 * for is for each as far as he sees them, and is not kept.
 */
function isDecided(error: unknown): error is Refusal {
  if (!(error instanceof Refusal) || error.code === 'DRAFTS_WAITING') return false;
  return error.status === 404 || error.status === 422;
}

function refusalOnly(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}
