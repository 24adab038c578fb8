import { Inject, Injectable } from '@nestjs/common';
import { sightOfDrafts } from '../drafts/drafts-in-sight.js';
import { RUNTIME, type Runtime } from '../boot/runtime.js';
import { sightOfDocuments } from './facts-in-sight.js';
import { mayEverything, type Permit } from './permit.js';

/** Who may see an attachment: whoever uploaded it, and whoever may see a fact or a draft that names it. */
@Injectable()
export class SeenAttachments {
  constructor(@Inject(RUNTIME) private readonly runtime: Runtime) {}

  sees(permit: Permit, sha256: string): boolean {
    const { attachments, drafts, views } = this.runtime;
    if (mayEverything(permit) || attachments.uploads.has(permit.principal.id, sha256)) return true;
    const sees = sightOfDocuments(permit, views.scopes);
    for (const fact of views.evidence.naming(sha256)) if (sees(fact)) return true;
    // Who is to sign looks at the papers first.
    const ofDrafts = sightOfDrafts(permit, views.scopes, 'getDraftsById');
    return drafts.naming(sha256).some((draft) => ofDrafts.sees(draft));
  }

  /** Remembers an upload; whether it is new to who made it. That somebody else's file has the same bytes, nobody is told. */
  async noteUpload(permit: Permit, sha256: string, created: boolean): Promise<boolean> {
    if (mayEverything(permit)) return created;
    const known = this.sees(permit, sha256);
    const first = await this.runtime.attachments.uploads.note(permit.principal.id, sha256);
    return first && !known;
  }
}
