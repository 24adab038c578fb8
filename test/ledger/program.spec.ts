import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { temporaryDirectory } from '../support/temporary-directory.js';

function ledger(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['dist/apps/ledger/src/main.js', ...args], { encoding: 'utf8' });
}

describe('the operator’s command line', () => {
  it('shows its help and ends well when asked for it', () => {
    const { status, stdout } = ledger('--help');
    expect(status).toBe(0);
    expect(stdout).toContain('共富账本的运维命令');
  });

  it.each([
    { of: 'no command', args: [], zh: '请写明要执行的命令', en: 'name a command' },
    { of: 'an unknown command', args: ['rebiuld'], zh: '没有这个命令', en: "unknown command 'rebiuld'" },
    { of: 'an unknown option', args: ['--loud'], zh: '没有这个选项', en: "unknown option '--loud'" },
  ])('answers $of with the help, a sentence and exit code 2', ({ args, zh, en }) => {
    const { status, stdout, stderr } = ledger(...args);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('用法 Usage: npm run ledger --');
    expect(stderr).toContain(zh);
    expect(stderr).toContain(en);
  });

  it('says in both languages that there is no ledger where it was sent, makes nothing there, and ends with 1', () => {
    const temporary = temporaryDirectory();
    try {
      const { status, stdout, stderr } = ledger('rebuild', '--data', temporary.path);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toContain(`${temporary.path} 中没有账本`);
      expect(stderr).toContain(`There is no ledger in ${temporary.path}`);
      expect(readdirSync(temporary.path)).toEqual([]);
    } finally {
      temporary.remove();
    }
  });

  it('shows the options of a command', () => {
    const { status, stdout } = ledger('rebuild', '--help');
    expect(status).toBe(0);
    expect(stdout).toContain('数据目录 · data directory (default: "./data", env: LEDGER_DATA)');
  });
});
