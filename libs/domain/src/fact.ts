import { MAX_FACT_BYTES } from './fact-size.js';
import { factIdOf } from './identity.js';
import type { LocalDate } from './local-date.js';
import { CorruptLog, Refusal } from './refusal.js';

/** A fact as a decider states it: what happened, before the ledger stamps who asked and where it stands. */
export interface FactDraft<T extends string = string, D extends object = object> {
  readonly type: T;
  readonly version: number;
  readonly division: string;
  readonly concerns?: readonly string[];
  readonly effectiveOn: LocalDate;
  readonly data: D;
}

/** An attachment by its content hash. It has no name: the names of files are personal data. */
export interface Evidence {
  readonly sha256: string;
  readonly mediaType: string;
  readonly bytes: number;
}

/** A fact as its bytes say it. The order of the fields is the order in the bytes. */
export interface Fact<T extends string = string, D extends object = object> {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: T;
  readonly version: number;
  readonly division: string;
  readonly concerns: readonly string[];
  readonly effectiveOn: LocalDate;
  readonly actor: string;
  readonly commandId: string;
  readonly causationId: string | null;
  readonly correlationId: string;
  readonly evidence: readonly Evidence[];
  readonly data: D;
}

export interface Provenance {
  readonly actor: string;
  readonly commandId: string;
  readonly causationId?: string;
  readonly correlationId?: string;
  /** What proves it. Every fact of one append carries it, so that each can be judged by itself. */
  readonly evidence?: readonly Evidence[];
}

/**
 * Writes a fact's bytes, once and for ever: UTF-8 JSON with the fields in envelope order. `JSON.stringify` escapes lone
 * surrogates, so the text and its bytes are interchangeable. Refuses a fact over `MAX_FACT_BYTES` with `FACT_TOO_LARGE`.
 */
export function freeze(draft: FactDraft, stream: string, revision: number, index: number, by: Provenance): string {
  const fact: Fact = {
    id: factIdOf(by.commandId, index),
    stream,
    revision,
    type: draft.type,
    version: draft.version,
    division: draft.division,
    concerns: draft.concerns ?? [],
    effectiveOn: draft.effectiveOn,
    actor: by.actor,
    commandId: by.commandId,
    causationId: by.causationId ?? null,
    correlationId: by.correlationId ?? by.commandId,
    evidence: by.evidence ?? [],
    data: draft.data,
  };
  const bytes = JSON.stringify(fact);
  const size = Buffer.byteLength(bytes);
  if (size > MAX_FACT_BYTES)
    throw new Refusal('FACT_TOO_LARGE', { type: draft.type, bytes: size, limitBytes: MAX_FACT_BYTES });
  return bytes;
}

export function thaw(bytes: string): Fact {
  let fact: unknown;
  try {
    fact = JSON.parse(bytes);
  } catch (error) {
    throw new CorruptLog(`fact bytes are not JSON: ${bytes.slice(0, 80)}`, { cause: error });
  }
  if (fact === null || typeof fact !== 'object') throw new CorruptLog(`fact bytes are no fact: ${bytes.slice(0, 80)}`);
  return fact as Fact;
}
