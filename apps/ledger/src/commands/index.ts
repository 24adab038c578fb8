import type { Command } from 'commander';
import { rebuildCommand } from './rebuild.js';
import { reportCommand } from './report.js';

/** Every command of the operator, one file each; a new one is a line here. */
export const commands: readonly ((program: Command) => void)[] = [rebuildCommand, reportCommand];
