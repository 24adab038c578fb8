import { BadConfiguration } from './bad-configuration.js';

/** A port of this machine; 0 for any that is free. */
export function portSetting(name: string, text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new BadConfiguration(
    `${name}=${text} 须为0至65535的整数。${name} must be a whole number from 0 (any free port) to 65535.`,
  );
}
