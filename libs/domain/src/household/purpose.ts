import type { Category } from '../project/category.js';
import { Refusal } from '../refusal.js';

/** The purpose that a request names, or a refusal that lists those that are allowed. */
export function allowedPurpose<P extends string>(
  purpose: string,
  allowed: readonly P[],
  names: Readonly<Record<P, Category>>,
  field: string,
): P {
  const found = allowed.find((one) => one === purpose);
  if (found !== undefined) return found;
  const choices = allowed.map((id) => ({ id, zh: names[id].zh, en: names[id].en }));
  throw new Refusal('PURPOSE_NOT_ALLOWED', { purpose, allowed: choices }, field);
}
