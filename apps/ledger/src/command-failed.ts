/** A command could not do what it was asked to; the sentence says why and what to do about it. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';

  constructor(zh: string, en: string) {
    super(`${zh} ${en}`);
  }
}
