import { Refusal, refusePersonalData, type SignatureName, signatureNames, type Signatures } from '@ledger/domain';
import type { ApprovalRefused, Draft, Headline, Looked, RecordedAs, Step } from './draft.js';

/** Who does something with a draft, and when (an instant in UTC). */
export interface Doing {
  readonly by: string;
  readonly at: string;
}

export interface Submission extends Headline {
  readonly id: string;
  readonly command: string;
  readonly path: Draft['path'];
  /** Those whom the command names; of these only the preparer has signed. */
  readonly named: Signatures;
}

export function submitted({ named, ...said }: Submission, { by, at }: Doing): Draft {
  return {
    ...said,
    status: 'SUBMITTED',
    version: 1,
    preparedBy: by,
    reviewer: named.reviewedBy ?? '',
    ...unsigned(named, by),
    steps: [{ did: 'SUBMITTED', by, at, version: 1 }],
  };
}

/** Only after a return: what a reviewer is looking at does not change before his eyes. */
export function resubmitted(draft: Draft, said: Headline & { readonly named: Signatures }, { by, at }: Doing): Draft {
  refuseStranger(draft, by);
  if (draft.status !== 'RETURNED') refuseStep(draft);
  const { named, ...headline } = said;
  const { refused: _, signedFigures: __, ...rest } = draft;
  const version = draft.version + 1;
  // What was submitted before is still read.
  const touched = [...new Set([...draft.touched, ...headline.touched])];
  const next = { ...rest, ...headline, touched, reviewer: named.reviewedBy ?? '', ...unsigned(named, by) };
  return after({ ...next, status: 'SUBMITTED', version }, { did: 'RESUBMITTED', by, at, version });
}

/** Back to its preparer, with what is to be mended. */
export function returned(draft: Draft, reason: string, { by, at }: Doing): Draft {
  refusePersonalData({ reason });
  if (isLast(draft, { did: 'RETURNED', by, reason })) return draft;
  if (draft.status !== 'SUBMITTED') refuseStep(draft);
  if (by === draft.preparedBy) refuseSamePerson(by, 'preparedBy', 'reviewedBy');
  const { version } = draft;
  // Who has signed before signs again, for what comes back may be another content.
  return after({ ...unreviewed(draft), status: 'RETURNED' }, { did: 'RETURNED', by, at, version, reason });
}

export function withdrawn(draft: Draft, { by, at }: Doing): Draft {
  refuseStranger(draft, by);
  if (isLast(draft, { did: 'WITHDRAWN', by })) return draft;
  if (draft.status !== 'SUBMITTED' && draft.status !== 'RETURNED') refuseStep(draft);
  return after({ ...draft, status: 'WITHDRAWN' }, { did: 'WITHDRAWN', by, at, version: draft.version });
}

/**
 * Gives the next signature that is missing. Four eyes: nobody signs twice. Of what was looked at another version is
 * refused with `REVISION_STALE`. Other figures than those that were signed for before take the earlier reviews back: these
 * hold for what their signers have seen.
 */
export function signed(draft: Draft, { version, figures = draft.figures }: Looked, { by, at }: Doing): Draft {
  if (version !== draft.version) {
    throw new Refusal('REVISION_STALE', { expected: version, actual: draft.version }, 'If-Match');
  }
  if (draft.status !== 'SUBMITTED') refuseStep(draft);
  const standing = (draft.signedFigures ?? figures) === figures ? draft : unreviewed(draft);
  const [as, ...missing] = standing.missing;
  if (as === undefined) throw new Error(`draft ${draft.id} has every signature and was not recorded`);
  const before = namesOf(standing).find((name) => standing.signatures[name] === by);
  if (before !== undefined) refuseSamePerson(by, before, as);
  return after(
    { ...standing, signatures: { ...standing.signatures, [as]: by }, signedFigures: figures, missing },
    { did: 'SIGNED', by, at, version, as },
  );
}

/** The ledger has recorded it, with the last signature. */
export function approved(draft: Draft, recorded: RecordedAs, { by, at }: Doing): Draft {
  const { refused: _, ...rest } = draft;
  const step: Step = { did: 'APPROVED', by, at, version: draft.version };
  return after({ ...rest, status: 'APPROVED', missing: [], recorded }, step);
}

/** The ledger did not take it: it waits on, and says why. */
export function refusedAtApproval(draft: Draft, refused: ApprovalRefused): Draft {
  return { ...draft, refused };
}

function unsigned(named: Signatures, preparedBy: string): Pick<Draft, 'signatures' | 'missing'> {
  return {
    signatures: { preparedBy },
    missing: signatureNames.filter((name) => name !== 'preparedBy' && named[name] !== undefined),
  };
}

/** As its preparer alone has signed it. */
function unreviewed({ signedFigures: _, ...draft }: Draft): Draft {
  const named = Object.fromEntries(namesOf(draft).map((name) => [name, '']));
  return { ...draft, ...unsigned(named, draft.preparedBy) };
}

function namesOf({ signatures, missing }: Draft): SignatureName[] {
  return signatureNames.filter((name) => signatures[name] !== undefined || missing.includes(name));
}

function after(draft: Draft, step: Step): Draft {
  return { ...draft, steps: [...draft.steps, step] };
}

/** Asked again because the answer was lost, it has been done. */
function isLast({ steps }: Draft, { did, by, reason }: Pick<Step, 'did' | 'by' | 'reason'>): boolean {
  const last = steps.at(-1);
  return last?.did === did && last.by === by && last.reason === reason;
}

function refuseStranger({ id, preparedBy }: Draft, by: string): void {
  if (by !== preparedBy) throw new Refusal('DRAFT_NOT_YOURS', { draft: id, preparedBy });
}

function refuseStep({ id, status, steps }: Draft): never {
  const { by = '', at = '' } = steps.at(-1) ?? {};
  throw new Refusal('DRAFT_NOT_OPEN', { draft: id, status, by, at });
}

function refuseSamePerson(person: string, ...roles: [SignatureName, SignatureName]): never {
  throw new Refusal('SAME_PERSON', { person, roles }, roles[1]);
}
