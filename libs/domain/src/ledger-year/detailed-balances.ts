import { netFen, type Side } from '@ledger/accounting';
import type { Fact } from '../fact.js';
import type { CarriedBalance } from './facts.js';

/** What stands on an account for one party and grant, debit positive; without either for what names none. */
export interface DetailedBalance {
  readonly account: string;
  readonly party?: string;
  readonly grant?: string;
  readonly netFen: number;
}

type Standing = Omit<DetailedBalance, 'netFen'> & { netFen: number };
type Told = Pick<Standing, 'account' | 'party' | 'grant'> & { readonly side: Side; readonly amountFen: number };

/**
 * Balances told apart as an opening tells them, added up over all facts of a book's years. No year keeps them, because
 * nothing needs them but a change of standard, once in the life of a book.
 */
export class DetailedBalances {
  readonly #standing = new Map<string, Standing>();

  add(fact: Fact): void {
    const { lines = [] } = fact.data as { readonly lines?: readonly (Told | CarriedBalance)[] };
    for (const line of lines) {
      if ('account' in line) this.#move(line, netFen(line));
      else {
        this.#move({ ...line, account: line.from }, -netFen(line));
        this.#move({ ...line, account: line.to }, netFen(line));
      }
    }
  }

  /** Those that are not zero, in the order of account, party and grant. */
  all(): DetailedBalance[] {
    const standing = [...this.#standing].filter(([, { netFen: fen }]) => fen !== 0);
    return standing.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, balance]) => balance);
  }

  #move({ account, party, grant }: Told, fen: number): void {
    const key = detailKey({ account, party, grant });
    const known = this.#standing.get(key);
    if (known !== undefined) known.netFen += fen;
    else {
      const of = { ...(party === undefined ? {} : { party }), ...(grant === undefined ? {} : { grant }) };
      this.#standing.set(key, { account, ...of, netFen: fen });
    }
  }
}

/** Names an account, party and grant; none of them holds a line break. */
export function detailKey({ account, party, grant }: Pick<Told, 'account' | 'party' | 'grant'>): string {
  return [account, party ?? '', grant ?? ''].join('\n');
}
