import { readFileSync } from 'node:fs';
import type { Role } from '@ledger/domain';

/** Where what is asked about lies, seen from the grant; or that there is no grant that holds. */
export const situations = ['own_village', 'other_village', 'other_township', 'none', 'expired'] as const;
export type Situation = (typeof situations)[number];

export type Cell = 'allow' | 'deny' | 'hidden' | 'filtered' | '-';

export interface ExpectedRow {
  readonly operationId: string;
  readonly role: Role;
  readonly cells: Readonly<Record<Situation, Cell>>;
}

/** The cells that are kept by hand; see matrix.md for what they mean. */
export function expectedRows(): ExpectedRow[] {
  const [head = '', ...lines] = readFileSync(new URL('matrix.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const columns = head.split(',');
  return lines.map((line) => {
    const fields = line.split(',');
    const field = (column: string): string => fields[columns.indexOf(column)] ?? '';
    const cells = Object.fromEntries(situations.map((situation) => [situation, field(situation) as Cell]));
    return {
      operationId: field('operationId'),
      role: field('role') as Role,
      cells: cells as Record<Situation, Cell>,
    };
  });
}

const OWN_ACCOUNT = 'what it is about is the account of whoever asks';
const ACCOUNTS = 'accounts lie in no village';
const VOCABULARY = 'the same fixed words for everybody';

/** The operations that are about no place, and why: whoever may ask has no other village or township to ask about. */
export const ofNoPlace: Readonly<Record<string, string>> = {
  logOut: OWN_ACCOUNT,
  getMe: OWN_ACCOUNT,
  getSessions: OWN_ACCOUNT,
  revokeSession: OWN_ACCOUNT,
  changePassword: OWN_ACCOUNT,
  createToken: OWN_ACCOUNT,
  getTokens: OWN_ACCOUNT,
  revokeToken: OWN_ACCOUNT,
  getAccounts: ACCOUNTS,
  createAccount: ACCOUNTS,
  linkAccount: ACCOUNTS,
  disableAccount: ACCOUNTS,
  enableAccount: ACCOUNTS,
  resetPassword: ACCOUNTS,
  getAccessRecord: 'the record is of the whole district',
  getIndicatorsMeasures: VOCABULARY,
  getProjectsCategories: VOCABULARY,
  putAttachmentsBySha256: 'bytes that no fact names yet lie in no village',
};
