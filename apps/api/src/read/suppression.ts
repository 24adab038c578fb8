import type { PublicCount } from '@ledger/domain';

/** The public is told whether something was left out; nobody else is told anything. */
export function suppression(
  recorded: ReadonlyMap<string, string>,
  isPublic: (village: string) => boolean,
  counts: readonly PublicCount[],
): { suppressed?: boolean } {
  return [...recorded.values()].some(isPublic) ? { suppressed: counts.includes(null) } : {};
}
