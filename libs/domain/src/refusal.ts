import { type RefusalCode, type RefusalFacts, refusals } from './refusal-catalogue.js';

/** The rules say no. The sentences come from the catalogue and carry the actual numbers and the way out. */
export class Refusal<C extends RefusalCode = RefusalCode> extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly messageZh: string;
  readonly messageEn: string;

  constructor(
    readonly code: C,
    readonly facts: RefusalFacts<C>,
    /** The field of the request that is at fault, as the client wrote it. */
    readonly field?: string,
  ) {
    const entry = refusals[code];
    const zh = (entry.zh as (facts: RefusalFacts<C>) => string)(facts);
    const en = (entry.en as (facts: RefusalFacts<C>) => string)(facts);
    super(`${code}: ${en}`);
    this.status = entry.status;
    this.messageZh = zh;
    this.messageEn = en;
  }
}

/** The log says something that it cannot say. Nothing may go on from here. */
export class CorruptLog extends Error {
  override readonly name = 'CorruptLog';
}
