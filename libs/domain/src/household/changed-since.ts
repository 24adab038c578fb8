import { Refusal } from '../refusal.js';
import type { PersonalDataPart } from './categories.js';
import type { Household } from './household.js';

/** The names of the fields of each part. */
export type FieldsOf = Readonly<Partial<Record<PersonalDataPart, readonly string[]>>>;

/** What a disclosure says that was shown, and when in the household's stream. */
export interface Shown {
  readonly revision: number;
  readonly fieldsOf: FieldsOf;
}

/** Refuses to answer a disclosure once more with anything but what its record says was shown. */
export function refuseChangedSince(shown: Shown, fieldsOf: FieldsOf, { held }: Household, household: string): void {
  const parts = Object.keys({ ...shown.fieldsOf, ...fieldsOf }) as PersonalDataPart[];
  for (const part of parts) {
    const [then, now] = [shown.fieldsOf, fieldsOf].map((of) => (of[part] ?? []).join());
    const { enteredAt = 0 } = held?.get(part) ?? {};
    if (then === now && enteredAt < shown.revision) continue;
    throw new Refusal('PERSONAL_DATA_CHANGED', { household, part }, 'Idempotency-Key');
  }
}
