import { Refusal } from './refusal.js';
import type { Reviewed } from './refusals/access.js';

/**
 * A retry is recorded at once, under the signatures of those who prepared and reviewed what was refused: it may ask for
 * nothing else than they signed. `changed` says of each field whether it would.
 */
export function refuseChangedTerms(of: Reviewed, changed: Readonly<Record<string, boolean>>): void {
  const fields = Object.keys(changed).filter((field) => changed[field]);
  const [first] = fields;
  if (first !== undefined) throw new Refusal('RETRY_CHANGES_TERMS', { of, fields }, first);
}
