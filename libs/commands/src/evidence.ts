import type { AttachmentStore } from '@ledger/attachments';
import { type Command, type Evidence, Refusal } from '@ledger/domain';

export type Attachments = Pick<AttachmentStore, 'find'>;

/** For programs that take no uploads. */
export const noAttachments: Attachments = { find: async () => undefined };

/**
 * What the facts will say of the attachments that a command names. A fact refers only to what is stored already, and to
 * what the asker sees: naming somebody else's file would give it to him.
 */
export async function evidenceOf(
  { evidence = [], context: { sight } }: Command,
  attachments: Attachments,
): Promise<Evidence[]> {
  const found: Evidence[] = [];
  for (const [index, sha256] of evidence.entries()) {
    const isSeen = sight === undefined || sight.seesAttachment(sha256);
    const attachment = isSeen ? await attachments.find(sha256) : undefined;
    if (attachment === undefined) throw new Refusal('EVIDENCE_UNKNOWN', { sha256 }, `evidence.${index}`);
    found.push(attachment);
  }
  return found;
}
