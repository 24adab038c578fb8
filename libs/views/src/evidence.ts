import { type Fact, factTypes } from '@ledger/domain';
import { register, type Row } from './register.js';

/** Of a fact what says who may see it. */
export interface FactPlace {
  readonly type: string;
  readonly stream: string;
  /** Its own division and those it concerns, by the codes of its day. */
  readonly touched: readonly string[];
  /** The book that it is of, or names. */
  readonly book: string | null;
}

export function placeOf({ type, stream, division, concerns, data }: Fact): FactPlace {
  const { book } = data as { readonly book?: string };
  return { type, stream, touched: [division, ...concerns], book: book ?? bookOfStream(stream) };
}

function bookOfStream(stream: string): string | null {
  return (
    /^(?:(?:book|assets)-(.+)|ledger-(.+)-\d{4})$/
      .exec(stream)
      ?.slice(1)
      .find((id) => id !== undefined) ?? null
  );
}

function named(fact: Fact, position: number): Row[] {
  if (fact.evidence.length === 0) return [];
  const { type, stream, touched, book } = placeOf(fact);
  const place = { position, type, stream, touched: JSON.stringify(touched), of_book: book };
  return fact.evidence.map(({ sha256 }) => ({ sha256, ...place }));
}

/** Which facts name an attachment: who may see one of them may see the attachment. Any type of fact can. */
export const evidence = register({
  name: 'evidence',
  version: 1,
  columns: {
    sha256: 'text',
    position: 'integer',
    type: 'text',
    stream: 'text',
    touched: 'text',
    of_book: 'text',
  },
  key: ['sha256', 'position'],
  on: Object.fromEntries(Object.keys(factTypes).map((type) => [type, named])),
});
