import type { Asker, LedgerWithAccounts } from '../../../support/ledger-with-accounts.js';
import type { Place } from '../places.js';

/** A request as an account makes it. */
export interface Asked {
  readonly method?: 'GET' | 'HEAD' | 'PUT' | 'POST';
  readonly path: string;
  readonly body?: object | Buffer;
  /** Of another credential than the account's own token. */
  readonly headers?: Record<string, string>;
}

/** A place, and by what else a request names what it is about. */
export interface Target extends Place {
  /** A number, code or id below the thing, where there is one. */
  readonly no?: string;
  /** The session of somebody who may do the same and logged in with a password. */
  readonly loggedIn?: { readonly token: string; readonly password: string };
}

/** Who asks: whose signature stands below what he sends. */
export interface Asking {
  readonly account: string;
  readonly as: Asker;
  /** A session of his own, and one to be ended. */
  readonly sessions: readonly { readonly id: string; readonly token: string }[];
}

export interface OperationRequest {
  readonly of: (target: Target, by: Asking) => Asked;
  /** What a request uses up when it succeeds, made anew for each that is to. */
  readonly fresh?: (set: LedgerWithAccounts, place: Place, by: Asking) => Promise<Partial<Target>>;
}

export type OperationRequests = Readonly<Record<string, OperationRequest>>;

export const get = (path: (target: Target) => string): OperationRequest => ({
  of: (target) => ({ path: path(target) }),
});

let serial = 0;
/** Another number each time it is asked. */
export const another = (): number => ++serial;

export const signed = ({ account }: Asking) => ({ preparedBy: account, reviewedBy: 'reviewer-9' });
