/**
 * What a reader may see. Reads leave the rest out, as if it were not there. A division is asked for by the code that it
 * has at both times of the question. A code never comes to mean another division, so a prefix is the same township for
 * ever, and a reader of a recoded one is given the prefixes of all its codes (`GrantedScopes`).
 */
export interface Scope {
  includesDivision(code: string): boolean;
  /** A book, by the village in whose sums it stands: one grant has to give both. */
  includesBook(id: string, village: string): boolean;
}

export const everything: Scope = {
  includesDivision: () => true,
  includesBook: () => true,
};
