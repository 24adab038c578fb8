import { CorruptLog } from '@ledger/domain';
import { cannotWrite } from '../cannot-write.js';
import { CommandFailed } from '../command-failed.js';

/** What went wrong with a copy, for the operator; `what` names what was not done, in both languages. */
export function inSentences(error: unknown, what: { zh: string; en: string }): unknown {
  if (error instanceof CorruptLog) {
    return new CommandFailed(
      `数据自相矛盾,${what.zh}:${error.message}。请改用另一份完整的备份。` +
        ` The data contradict themselves, so ${what.en}: ${error.message}. Use another, complete backup.`,
    );
  }
  if (cannotWrite(error)) {
    return new CommandFailed(
      `无法读写,${what.zh},未留下任何内容:${String(error)}。请检查磁盘空间和权限后重试。` +
        ` Could not read or write, so ${what.en}, and nothing is left behind: ${String(error)}. Check the room on the disk and permissions, and try again.`,
    );
  }
  return error;
}
