import { readFileSync, statSync } from 'node:fs';
import { BadConfiguration } from './bad-configuration.js';

const OTHERS = 0o077;

/** A secret from the environment, or from the file that `<name>_FILE` names; undefined when neither is set. */
export function secretSetting(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const [given, path] = [env[name], env[`${name}_FILE`]];
  if (given !== undefined && path !== undefined) {
    throw new BadConfiguration(
      `${name} 与 ${name}_FILE 只能设置一个。Only one of ${name} and ${name}_FILE may be set.`,
    );
  }
  return path === undefined ? given : fileWithSecret(`${name}_FILE`, path);
}

function fileWithSecret(name: string, path: string): string {
  let text: string;
  let mode: number;
  try {
    mode = statSync(path).mode;
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new BadConfiguration(
      `${name}=${path} 无法读取。The file cannot be read; give one that there is. (${(error as NodeJS.ErrnoException).code})`,
    );
  }
  // Windows has other rights, which these bits do not show.
  if (process.platform !== 'win32' && (mode & OTHERS) !== 0) {
    throw new BadConfiguration(
      `${name}=${path} 其他用户也能读取,请执行 chmod 600。Others can read the file ${path}; make it its owner's alone with chmod 600.`,
    );
  }
  return text;
}
