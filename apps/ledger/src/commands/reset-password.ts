import { Refusal } from '@ledger/domain';
import { openIdentity } from '@ledger/identity';
import type { StorePlace } from '@ledger/private-database';
import type { Command } from 'commander';
import { CommandFailed } from '../command-failed.js';
import { existingLedger, withDataDirectory } from '../data-directory.js';
import { isInCluster, withSharedStores } from '../private-stores.js';

/** Whoever can write to the data directory can do this, and is on record as such. */
const BY_OPERATOR = { account: 'operator', address: 'local', operation: 'reset-password' };

export function resetPasswordCommand(program: Command): void {
  withDataDirectory(program.command('reset-password <account>'))
    .description(
      '重置一个账号的密码,用于管理员自己登录不了时 · gives an account a one-time password, for when no administrator can log in',
    )
    .action(async (account: string, { data }: { data: string }) => {
      const password = isInCluster()
        ? await withSharedStores((stores) => resetPassword(stores, account))
        : await resetPassword(existingLedger(data), account);
      console.log(
        `账号${account}的一次性密码(只显示这一次,七天内有效,登录后须修改): ${password}\n` +
          `The one-time password of ${account}, shown only now, good for a week, to be changed after the log-in: ${password}`,
      );
    });
}

async function resetPassword(place: StorePlace, account: string): Promise<string> {
  const identity = openIdentity(place, { now: () => Date.now(), onError: (error) => console.error(error) });
  try {
    return await identity.resetPassword(account, BY_OPERATOR);
  } catch (error) {
    if (error instanceof Refusal) throw new CommandFailed(`${error.messageZh} ${error.messageEn}`);
    throw error;
  } finally {
    identity.close();
  }
}
