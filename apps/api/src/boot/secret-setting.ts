import { BadConfiguration } from './bad-configuration.js';
import { secretIn } from './private-files.js';

/** A secret from the environment, or from the file that `<name>_FILE` names; undefined when neither is set. */
export function secretSetting(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const [given, path] = [env[name], env[`${name}_FILE`]];
  if (given !== undefined && path !== undefined) {
    throw new BadConfiguration(
      `${name} 与 ${name}_FILE 只能设置一个。Only one of ${name} and ${name}_FILE may be set.`,
    );
  }
  return path === undefined ? given : secretIn(path, `${name}_FILE`);
}
