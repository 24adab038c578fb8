const FIRST_PAGE = 64;
const GROWTH = 8;

/**
 * Rows that follow each other by position, read in pages that grow: whoever stops early has read few of them, and whoever
 * reads them all has asked seldom.
 */
export function* inPages<R extends { readonly position: number }>(
  page: (after: number, limit: number) => R[],
  from = 0,
): Iterable<R> {
  let after = from;
  for (let limit = FIRST_PAGE; ; limit *= GROWTH) {
    const rows = page(after, limit);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < limit) return;
    after = last.position;
  }
}
