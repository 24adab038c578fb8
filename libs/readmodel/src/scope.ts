/** What a reader may see. Reads leave the rest out, as if it were not there. */
export interface Scope {
  includesDivision(code: string): boolean;
  includesBook(id: string): boolean;
}

export const everything: Scope = {
  includesDivision: () => true,
  includesBook: () => true,
};
