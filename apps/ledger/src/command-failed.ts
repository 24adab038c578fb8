/** A command could not do what it was asked to; the sentence, in both languages, says why and what to do about it. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}
