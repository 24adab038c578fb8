import type { Command } from 'commander';
import { backupCommand } from './backup.js';
import { demoCommand } from './demo.js';
import { migrateLogCommand } from './migrate-log.js';
import { migrateStoresCommand } from './migrate-stores.js';
import { rebuildCommand } from './rebuild.js';
import { reportCommand } from './report.js';
import { resetPasswordCommand } from './reset-password.js';
import { restoreCommand } from './restore.js';
import { verifyBackupCommand } from './verify-backup.js';
import { vaultRotateCommand } from './vault-rotate.js';

/** Every command of the operator, one file each; a new one is a line here. */
export const commands: readonly ((program: Command) => void)[] = [
  demoCommand,
  rebuildCommand,
  reportCommand,
  backupCommand,
  verifyBackupCommand,
  restoreCommand,
  resetPasswordCommand,
  vaultRotateCommand,
  migrateLogCommand,
  migrateStoresCommand,
];
