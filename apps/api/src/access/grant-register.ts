import { FoldedStreams, grantsKind } from '@ledger/commands';
import { accessStream, type Grant, type Grants, grantsOn, type LocalDate, shanghaiDate } from '@ledger/domain';
import { Inject, Injectable } from '@nestjs/common';
import { RUNTIME, type Runtime } from '../boot/runtime.js';

/** The grants as the log has them now: what is given or taken back holds with the next request. */
@Injectable()
export class GrantRegister {
  readonly #streams: FoldedStreams;

  constructor(@Inject(RUNTIME) private readonly runtime: Runtime) {
    this.#streams = new FoldedStreams(runtime.log, 1);
  }

  get today(): LocalDate {
    return shanghaiDate(this.runtime.log.now());
  }

  async all(): Promise<Grants> {
    return (await this.#streams.load(grantsKind, accessStream)).state;
  }

  /** What an account holds today. */
  async heldBy(account: string): Promise<Grant[]> {
    return grantsOn(await this.all(), account, this.today);
  }
}
