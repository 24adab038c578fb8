import { DatabaseUnavailable } from '@ledger/postgres';
import type { MaybeDone } from '../maybe-done.js';

export class OutcomeUnknown extends DatabaseUnavailable implements MaybeDone {
  constructor(
    readonly wasDone: () => boolean,
    { message }: Error,
  ) {
    super(
      `数据库没有回答是否已保存,请用同一请求重试:${message}` +
        ` The database has not said whether it was saved; send the same request again: ${message}`,
    );
  }
}
