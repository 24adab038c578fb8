import { type Command, type CommandContext, type Evidence, Refusal } from '@ledger/domain';

export interface Attachments {
  /** What a fact says of an attachment; undefined for one that is not stored, or that whoever asks cannot see. */
  find(sha256: string, asked: CommandContext): Promise<Evidence | undefined>;
}

/** For programs that take no uploads. */
export const noAttachments: Attachments = { find: async () => undefined };

/** What the facts will say of the attachments that a command names. A fact refers only to what is stored already. */
export async function evidenceOf({ context, evidence = [] }: Command, attachments: Attachments): Promise<Evidence[]> {
  const found: Evidence[] = [];
  for (const [index, sha256] of evidence.entries()) {
    const attachment = await attachments.find(sha256, context);
    if (attachment === undefined) throw new Refusal('EVIDENCE_UNKNOWN', { sha256 }, `evidence.${index}`);
    found.push(attachment);
  }
  return found;
}
