import { Refusal } from '../refusal.js';
import { type SignatureField, signatureFields } from '../refusals/access.js';

export interface Signature {
  readonly signature: SignatureField;
  readonly person: string;
  /** Where it stands in the command. */
  readonly field: string;
}

/** The signatures that a command carries, of its own and of the posting in it, such as that of an acquisition. */
export function signaturesOn(command: object): Signature[] {
  const { context: _, ...fields } = command as Readonly<Record<string, unknown>>;
  const parts = Object.entries(fields).filter(([, part]) => typeof part === 'object' && part !== null);
  return [signedIn(fields, ''), ...parts.map(([name, part]) => signedIn(part as object, `${name}.`))].flat();
}

/** Nobody signs for somebody else: where people have accounts, a signature is that of whoever asks. */
export function refuseForeignSignature(
  command: object,
  account: string,
  of: readonly SignatureField[] = signatureFields,
): void {
  for (const { signature, person, field } of signaturesOn(command)) {
    if (of.includes(signature) && person !== account) {
      throw new Refusal('SIGNATURE_NOT_YOURS', { signature, person, account }, field);
    }
  }
}

function signedIn(fields: object, under: string): Signature[] {
  return signatureFields.flatMap((signature) => {
    const person = (fields as Readonly<Record<string, unknown>>)[signature];
    return typeof person === 'string' ? [{ signature, person, field: `${under}${signature}` }] : [];
  });
}
