import { type Command, refuseForeignSignature, signatureNames } from '@ledger/domain';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { permitOf } from '../access/permit.js';
import { note } from '../boot/logging.js';
import { draftAnswer } from '../drafts/draft-answers.js';
import { Submissions } from '../drafts/submissions.js';
import { WaitingDrafts } from '../drafts/waiting-drafts.js';
import type { Asking } from './asked.js';
import { type ReceiptBody, Recording } from './recording.js';

/** Where a signature of somebody else is wanted, nothing is recorded yet. */
export type Answered = ReceiptBody | { readonly draft: ReturnType<typeof draftAnswer> };

/** Has commands recorded and answers with receipts; what others have to sign becomes a draft. */
@Injectable()
export class Receipts {
  constructor(
    @Inject(Recording) private readonly recording: Recording,
    @Inject(Submissions) private readonly submissions: Submissions,
    @Inject(WaitingDrafts) private readonly waiting: WaitingDrafts,
  ) {}

  /** `path` are the fields that the route says; a body cannot carry them. */
  async of<C extends Command>(command: C, path: Partial<C>, { context, reply }: Asking): Promise<Answered> {
    // With one token for all, nothing is ever submitted.
    const agreed = context.sight && this.waiting.refusesCloses(permitOf(reply.request));
    Object.assign(command, path, { context: { ...context, ...(agreed && { agreed }) } });
    note(reply.request, { commandId: context.commandId });
    if (await this.submissions.takes(command)) {
      const { draft, replayed } = await this.submissions.submit(command, path, reply.request);
      answersDraft(reply, `${draft.version}`, replayed);
      return { draft: draftAnswer(draft) };
    }
    if (context.sight !== undefined) refuseForeignSignatures(command, context.actor);
    const { receipt, replayed } = await this.recording.of(command);
    answersReceipt(reply, receipt, replayed);
    return receipt;
  }
}

/** Where there are accounts, what is recorded at once, as the close of a month, is signed by whoever asks. */
function refuseForeignSignatures(command: Command, account: string): void {
  for (const name of signatureNames) {
    refuseForeignSignature(name, Reflect.get(command, name) as string | undefined, account);
  }
}

export function answersReceipt(reply: FastifyReply, { revision, position }: ReceiptBody, replayed: boolean): void {
  void reply.header('etag', `"${revision}"`).header('ledger-position', String(position));
  if (replayed) void reply.header('idempotency-replayed', 'true');
}

export function answersDraft(reply: FastifyReply, tag: string, replayed = false): void {
  void reply.status(202).header('etag', `"${tag}"`);
  if (replayed) void reply.header('idempotency-replayed', 'true');
}
