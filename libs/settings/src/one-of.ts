import { BadConfiguration } from './bad-configuration.js';

/** A setting that takes one of a few words. */
export function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  throw new BadConfiguration(
    `${name}=${value} 只能是 ${allowed.join('、')}。${name} must be one of ${allowed.join(', ')}.`,
  );
}
