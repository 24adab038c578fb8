import { SIGNED } from '../support/village-books.js';
import type { Operation } from './operations.js';

/** Who may ask: the header of one who is let in, and the name under which the ledger knows him. */
export interface Credential {
  readonly authorization: string;
  readonly principal: string;
}

/** Who asks for what, and whose names stand below what is booked. */
export interface Staff {
  /** Whoever may do an operation. */
  asks(operation: Operation): Credential;
  readonly signed: { readonly preparedBy: string; readonly reviewedBy: string };
  /** Reviews what the first has posted, and closes years. */
  readonly secondReviewer: string;
  readonly closesMonth: string;
  /** One of those who are named so. */
  signer(name: string): Credential;
  /** Makes somebody of a name whom a role can be given to. */
  hire(name: string): Promise<void>;
  /** Told of a district, township or village in which there will be work. */
  reach(division: string): Promise<void>;
}

/** One who may do everything and signs for whom he likes. */
export function alone(credential: Credential): Staff {
  return {
    asks: () => credential,
    signed: SIGNED,
    secondReviewer: 'director-1',
    closesMonth: 'director-1',
    signer: () => credential,
    hire: async () => undefined,
    reach: async () => undefined,
  };
}
