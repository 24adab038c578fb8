// class-transformer's decorators need it wherever commands are loaded, also in threads without Nest.
import 'reflect-metadata';
import type { Sight } from './access/sight.js';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn } from 'class-validator';
import { IsSha256, MayBeLeftOut } from './checks.js';
import type { FactDraft } from './fact.js';
import { MAX_EVIDENCE } from './fact-size.js';

/** Who asks, under which key, for what. The shell fills it in; a client cannot send it. */
export interface CommandContext {
  readonly actor: string;
  /** As the client sent it. */
  readonly idempotencyKey: string;
  /** Derived from principal and key. */
  readonly commandId: string;
  readonly fingerprint: string;
  /** From `If-Match`: the revision that the stream must still have. */
  readonly expectedRevision?: number;
  readonly causationId?: string;
  readonly correlationId?: string;
  /** What the asker may see; without one, everything. */
  readonly sight?: Sight;
  /** Is shown what is about to be recorded, and throws where that is not what was agreed to, or has to wait. */
  readonly agreed?: (facts: readonly FactDraft[]) => void;
}

/**
 * A request to the ledger. class-validator's decorators on the subclasses are the one declaration of its fields: they
 * check what is sent, type it, and give the OpenAPI document its schemas.
 */
export abstract class Command {
  context!: CommandContext;

  /** Only a demo ledger says where its numbers come from. */
  @MayBeLeftOut()
  @IsIn(['SEED', 'SYNTHETIC'])
  origin?: Origin;

  /** Attachments that prove what is recorded, by content hash; uploaded before. */
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(MAX_EVIDENCE)
  @ArrayUnique()
  @IsSha256({ each: true })
  evidence?: string[];
}

export type Origin = 'SEED' | 'SYNTHETIC';
