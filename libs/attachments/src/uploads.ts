import { statSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { syncDirectory } from '@ledger/durable-files';

/** Who has uploaded what. The bytes of a hash are stored once, whoever sends them, and each sender sees his own. */
export interface Uploads {
  /** Remembers an upload, durably; false when the account had made it before. */
  note(account: string, sha256: string): Promise<boolean>;
  has(account: string, sha256: string): boolean;
}

/**
 * An empty file `uploads/<account>/<sha256>` each, beside the files themselves. Accounts are staff ids and hashes are hex,
 * so both are names of files as they are.
 */
export function uploadsIn(attachments: string): Uploads {
  const directory = join(attachments, 'uploads');
  const pathOf = (account: string, sha256: string): string => join(directory, account, sha256);
  const synced = async (account: string): Promise<void> => {
    for (const changed of [join(directory, account), directory, attachments]) await syncDirectory(changed);
  };
  return {
    note: async (account, sha256) => {
      await mkdir(join(directory, account), { recursive: true });
      try {
        await (await open(pathOf(account, sha256), 'wx')).close();
      } catch (error) {
        if ((error as { code?: string }).code !== 'EEXIST') throw error;
        // Another process may have made it and not synced it yet.
        await synced(account);
        return false;
      }
      await synced(account);
      return true;
    },
    has: (account, sha256) => statSync(pathOf(account, sha256), { throwIfNoEntry: false }) !== undefined,
  };
}
