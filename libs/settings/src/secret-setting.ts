import { readFileSync } from 'node:fs';
import { isOpenToOthers } from '@ledger/private-database';
import { BadConfiguration } from './bad-configuration.js';
import { profileOf } from './profile.js';

/** A secret from the environment, or from the file that `<name>_FILE` names; undefined when neither is set. */
export function secretSetting(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const [given, path] = [env[name], env[`${name}_FILE`]];
  if (given !== undefined && path !== undefined) {
    throw new BadConfiguration(
      `${name} 与 ${name}_FILE 只能设置一个。Only one of ${name} and ${name}_FILE may be set.`,
    );
  }
  if (path === undefined) return given;
  // A container is handed its secrets as files whose rights it does not choose, and nobody else is in it.
  return profileOf(env) === 'cluster' ? textIn(path, `${name}_FILE`) : secretIn(path, `${name}_FILE`);
}

/**
 * The text of a file that holds a secret, named by the setting that says where it is. One that others can read may be
 * known to them: it is refused, not narrowed.
 */
export function secretIn(path: string, setting: string): string {
  const text = textIn(path, setting);
  if (isOpenToOthers(path)) {
    throw new BadConfiguration(
      `${setting}=${path} 其他用户也能读取,其中的秘密可能已泄露。请更换后执行 chmod 600。Others can read the file ${path}, so what it holds may be known: put a new secret into it and make it its owner's alone with chmod 600.`,
    );
  }
  return text;
}

function textIn(path: string, setting: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new BadConfiguration(
      `${setting}=${path} 无法读取。The file cannot be read; give one that there is. (${(error as NodeJS.ErrnoException).code})`,
    );
  }
}
