import { type FactDraft, fingerprintOf, Refusal, signatureNames } from '@ledger/domain';
import type { Draft, Looked } from '@ledger/drafts';
import { wrongInput } from '../input.js';
import type { Outcome } from './draft-answers.js';

/** Who signs, and what is counted as it is recorded: others may change it, and no amount, side, account or day with it. */
const PASSING: ReadonlySet<string> = new Set([
  ...signatureNames,
  // Of a handover, as whom its reviewer signs.
  'witness',
  'voucherNo',
  'allocationNo',
  // Of a month that is closed: its balances are what it comes to.
  'vouchers',
  'ledgerHash',
]);
/** The id of a new card is the next of its book. */
const PASSING_OF_NEW: ReadonlySet<string> = new Set([...PASSING, 'asset']);
const DIGITS = 16;
/** Where nothing would be recorded, there are no figures to sign for. */
const NONE = '0';

/** What a reviewer signs for, in short: two that differ in what would be recorded differ in this. */
export function figuresOf(facts: readonly FactDraft[]): string {
  const figures = facts.map(({ type, division, effectiveOn, data }) => {
    const passing = type === 'AssetRegistered' ? PASSING_OF_NEW : PASSING;
    return { type, division, effectiveOn, data: lasting(data, passing) };
  });
  return fingerprintOf('', figures).slice(0, DIGITS);
}

/**
 * The entity tag of a draft: its version, as long as what would be recorded is what it was when this was submitted; with
 * what it has become meanwhile behind it, else.
 */
export function tagOf({ version, figures }: Draft, now = figures): string {
  return now === figures ? `${version}` : `${version}-${now}`;
}

/** The tag of a draft that is open, as it is read. */
export function tagRead(draft: Draft, outcome: Outcome): string {
  if (outcome === undefined) return tagOf(draft);
  return tagOf(draft, outcome instanceof Refusal ? NONE : figuresOf(outcome));
}

/** Nobody signs for what he has not seen: he says which content and which figures these were. */
export function lookedAt(ifMatch: string | undefined): Looked {
  const [, version, figures] = /^"(\d{1,15})(?:-([0-9a-f]{1,16}))?"$/.exec(ifMatch ?? '') ?? [];
  if (version !== undefined) return { version: Number(version), ...(figures === undefined ? {} : { figures }) };
  throw wrongInput(
    'If-Match',
    '请求头必填:所看过的送审单的ETag,带双引号,例如"1"',
    'is required: the ETag of the draft that you have looked at, in double quotes, such as "1"',
  );
}

/** Refuses what is about to be recorded where it is not what was looked at. */
export function refuseOther(draft: Draft, looked: string): (facts: readonly FactDraft[]) => void {
  return (facts) => {
    const actual = figuresOf(facts);
    if (actual === looked) return;
    throw new Refusal('REVISION_STALE', { expected: tagOf(draft, looked), actual: tagOf(draft, actual) }, 'If-Match');
  };
}

function lasting(value: unknown, passing: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((member) => lasting(member, passing));
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).filter(([name]) => !passing.has(name));
  return Object.fromEntries(members.map(([name, member]) => [name, lasting(member, passing)]));
}
