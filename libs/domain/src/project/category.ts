/**
 * What projects, their people and their figures are sorted by. Facts keep the identifier; the names are what people
 * read. A new row is a new category; one that facts name is never taken away or given another meaning.
 */
export interface Category {
  readonly zh: string;
  readonly en: string;
}

export type Categories = Readonly<Record<string, Category>>;
