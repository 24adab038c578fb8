import type { Fact, HouseholdFact } from '@ledger/domain';
import type { DestroyedKey } from './destroyed-keys.js';

/** What a log says of the keys of a vault, gathered fact by fact. */
export class KeysInLog {
  readonly #named = new Set<string>();
  readonly #destroyed = new Map<string, DestroyedKey>();
  readonly #reached = new Map<string, number>();

  add(fact: Fact): void {
    const stated = fact as unknown as HouseholdFact;
    switch (stated.type) {
      case 'PersonalDataEntered':
      case 'PersonalDataCorrected':
        this.#changed(stated.data, fact.revision);
        break;
      case 'SubjectKeyDestroyed': {
        const { keyId, household, part, basis } = stated.data;
        this.#changed(stated.data, fact.revision);
        this.#destroyed.set(keyId, { keyId, household, part, basis, request: { actor: fact.actor } });
        break;
      }
      default:
    }
  }

  names(keyId: string): boolean {
    return this.#named.has(keyId);
  }

  destroyed(): DestroyedKey[] {
    return [...this.#destroyed.values()];
  }

  /** The revision of the household's stream that last changed what is held of a part; -1 where none did. */
  reached(household: string, part: string): number {
    return this.#reached.get(placeOf(household, part)) ?? -1;
  }

  #changed({ keyId, household, part }: { keyId: string; household: string; part: string }, revision: number): void {
    this.#named.add(keyId);
    this.#reached.set(placeOf(household, part), revision);
  }
}

function placeOf(household: string, part: string): string {
  return `${household}\n${part}`;
}
