import { endsTracking, type ErasureBasis, type LocalDate } from '@ledger/domain';
import { history } from './history.js';

export interface ConsentRow {
  readonly purpose: string;
  readonly given: boolean;
  readonly since: LocalDate;
  /** The text that was signed last. */
  readonly noticeVersion: string;
}

/** What the vault holds, or held: never what it says. */
export interface HeldRow {
  readonly part: string;
  readonly status: 'held' | 'restricted' | 'erased';
  readonly since: LocalDate;
  readonly retainUntil: LocalDate | null;
  readonly basis: ErasureBasis | null;
}

export interface HouseholdConsentState {
  readonly village: string;
  readonly consents: readonly ConsentRow[];
  readonly held: readonly HeldRow[];
}

type Change = { readonly purposes: readonly string[]; readonly noticeVersion: string | null } | Omit<HeldRow, 'since'>;

/** To what households agree, and what is held of them by it or by the law. */
export const householdConsent = history<HouseholdConsentState, Change & { readonly village: string }>({
  name: 'household_consent',
  version: 2,
  find: ['village'],
  on: {
    ConsentGiven: ({ data: { household: key, purposes, noticeVersion }, division: village }) => [
      { key, find: { village }, change: { village, purposes, noticeVersion } },
    ],
    ConsentWithdrawn: ({ data: { household: key, purposes }, division: village }) => [
      { key, find: { village }, change: { village, purposes, noticeVersion: null } },
    ],
    PersonalDataEntered: ({ data, division }) => [held(data, division, 'held')],
    PersonalDataCorrected: ({ data, division }) => [held(data, division, 'held')],
    PersonalDataRestricted: ({ data, division }) => [held(data, division, 'restricted')],
    SubjectKeyDestroyed: ({ data, division }) => [held(data, division, 'erased')],
  },
  evolve: (state, change, { effectiveOn: since }) => {
    const { village, consents, held: parts } = state ?? { village: change.village, consents: [], held: [] };
    if (!('purposes' in change)) {
      const { village: _, ...row } = change;
      const ended = row.status === 'erased' && endsTracking(row);
      return {
        village,
        consents: ended ? consents.map((consent) => untracked(consent, since)) : consents,
        held: replaced(parts, { ...row, since }, ({ part }) => part),
      };
    }
    const rows = change.purposes.map((purpose): ConsentRow => {
      const before = consents.find((row) => row.purpose === purpose);
      const noticeVersion = change.noticeVersion ?? before?.noticeVersion ?? '';
      return { purpose, given: change.noticeVersion !== null, since, noticeVersion };
    });
    return {
      village,
      consents: rows.reduce((all, row) => replaced(all, row, ({ purpose }) => purpose), consents),
      held: parts,
    };
  },
});

function untracked(consent: ConsentRow, since: LocalDate): ConsentRow {
  return consent.purpose === 'BENEFIT_TRACKING' && consent.given ? { ...consent, given: false, since } : consent;
}

function held(
  data: {
    readonly household: string;
    readonly part: string;
    readonly retainUntil?: LocalDate;
    readonly basis?: ErasureBasis;
  },
  village: string,
  status: HeldRow['status'],
) {
  const { household: key, part, retainUntil = null, basis = null } = data;
  return { key, find: { village }, change: { village, part, status, retainUntil, basis } };
}

/** The rows with this one in the place of that of the same name, in the order of names. */
function replaced<R>(rows: readonly R[], row: R, nameOf: (row: R) => string): R[] {
  const others = rows.filter((other) => nameOf(other) !== nameOf(row));
  return [...others, row].toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}
