import type { AttachmentStore } from '@ledger/attachments';
import { type Command, type Evidence, Refusal } from '@ledger/domain';

export type Attachments = Pick<AttachmentStore, 'find'>;

/** For programs that take no uploads. */
export const noAttachments: Attachments = { find: async () => undefined };

/** What the facts will say of the attachments that a command names. A fact refers only to what is stored already. */
export async function evidenceOf({ evidence = [] }: Command, attachments: Attachments): Promise<Evidence[]> {
  const found: Evidence[] = [];
  for (const [index, sha256] of evidence.entries()) {
    const attachment = await attachments.find(sha256);
    if (attachment === undefined) throw new Refusal('EVIDENCE_UNKNOWN', { sha256 }, `evidence.${index}`);
    found.push(attachment);
  }
  return found;
}
