/** Something in the environment is wrong; the sentence says what and how to mend it. */
export class BadConfiguration extends Error {
  override readonly name = 'BadConfiguration';
}
