import { getMetadataStorage } from 'class-validator';
import type { Command } from './command.js';
import { Refusal } from './refusal.js';

/** Who signs for what is booked, in this order: who prepares it, who reviews it, who closes a year with it. */
export const signatureNames = ['preparedBy', 'reviewedBy', 'closedBy'] as const;

export type SignatureName = (typeof signatureNames)[number];
export type Signatures = Readonly<Partial<Record<SignatureName, string>>>;

/**
 * The people whom a command names as its signers, where it wants a preparer and a reviewer: found by its validation,
 * so that no list of such commands is kept beside it. Undefined where nothing is to be booked, as for an asset that the
 * book began with.
 */
export function signaturesOf(command: Command): Signatures | undefined {
  const part = signedPart(command);
  if (part === undefined) return undefined;
  const names = fieldsOf(part);
  return Object.fromEntries(signatureNames.filter((name) => names.has(name)).map((name) => [name, part[name]]));
}

/** Puts the people who did sign where the command names those who were asked to. */
export function sign(command: Command, signatures: Signatures): void {
  Object.assign(signedPart(command) ?? {}, signatures);
}

/** Nobody signs for somebody else. */
export function refuseForeignSignature(field: SignatureName, signed: string | undefined, account: string): void {
  if (signed !== undefined && signed !== account) {
    throw new Refusal('SIGNATURE_NOT_YOURS', { field, signed, account }, field);
  }
}

type Signed = Record<string, string>;

/** The command itself, or that of its parts that is signed: an asset's acquisition. */
function signedPart(command: object): Signed | undefined {
  const parts = [command, ...Object.values(command).filter((value) => typeof value === 'object' && value !== null)];
  return parts.find((part) => fieldsOf(part as object).has('reviewedBy')) as Signed | undefined;
}

const known = new WeakMap<object, ReadonlySet<string>>();

/** The fields of an object's class that are checked. */
function fieldsOf({ constructor }: object): ReadonlySet<string> {
  let fields = known.get(constructor);
  if (fields === undefined) {
    const checks = getMetadataStorage().getTargetValidationMetadatas(constructor, '', false, false);
    fields = new Set(checks.map(({ propertyName }) => propertyName));
    known.set(constructor, fields);
  }
  return fields;
}
