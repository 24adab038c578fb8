import type { RunningLedger } from '../../support/running-ledger.js';
import { creditCode, SIGNED, type VillageBooks } from '../../support/village-books.js';

/** What a sentence must show: the same in both languages, or a word of each. */
export type Shown = string | { readonly zh: string; readonly en: string };

export interface Scene {
  readonly status: number;
  /** What the answer must say, by hand; both sentences are made from it. */
  readonly facts: object;
  /** Numbers and names that both sentences must show; where they say a word of their own, `{ zh, en }`. */
  readonly shows: readonly Shown[];
  /** Both sentences whole, written by hand, for the refusals that a village meets most. */
  readonly sentences?: { readonly zh: string; readonly en: string };
  readonly field?: string;
  /** What both sentences say beside those of the catalogue, to somebody who may not see everything. */
  readonly beside?: { readonly zh: string; readonly en: string };
  /** Sets the scene and makes the request that is refused; returns how to make it. */
  request(books: VillageBooks, ledger: RunningLedger): Promise<Refused>;
}

export interface Refused {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** Facts that are known only once the scene is set. */
  readonly facts?: object;
  readonly shows?: readonly Shown[];
}

export const VILLAGE = '330603008199';
export const post = (path: string, body: unknown, more: Partial<Refused> = {}): Refused => ({ path, body, ...more });
export const get = (path: string, more: Partial<Refused> = {}): Refused => ({ method: 'GET', path, ...more });
export const division = (more: object) => ({ code: VILLAGE, name: '示例村', effectiveOn: '2024-01-01', ...more });
export const organization = (more: object) => ({
  creditCode: creditCode(900),
  name: '示例社',
  kind: 'COLLECTIVE',
  village: VILLAGE,
  effectiveOn: '2024-01-01',
  ...more,
});
export const line = (account: string, side: 'debit' | 'credit', amountFen: number, more: object = {}) => ({
  account,
  side,
  amountFen,
  ...more,
});
export const signed = (more: object) => ({ ...SIGNED, ...more });
