/** One entry of the catalogue: the HTTP status, and both sentences made from the facts of the case. */
export interface RefusalEntry<F extends object> {
  readonly status: 400 | 401 | 403 | 404 | 409 | 412 | 413 | 415 | 422 | 429 | 503;
  readonly zh: (facts: F) => string;
  readonly en: (facts: F) => string;
}

export function refusal<F extends object>(
  status: RefusalEntry<F>['status'],
  zh: (facts: F) => string,
  en: (facts: F) => string,
): RefusalEntry<F> {
  return { status, zh, en };
}
