/** Somebody else has taken a step with a draft since it was read. */
export class DraftChanged extends Error {
  override readonly name = 'DraftChanged';

  constructor(id: string) {
    super(`draft ${id} was changed by somebody else meanwhile`);
  }
}
