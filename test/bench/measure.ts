/** The value below which the given share of the values lies; 0.5 is the median. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/**
 * Runs every contender once a round, in turn, so that what else the machine does meets all of them. A run answers with
 * what it measured; the median over the rounds counts.
 */
export async function alternating<K extends string>(
  rounds: number,
  contenders: Readonly<Record<K, () => Promise<number>>>,
): Promise<Record<K, number>> {
  const measured = new Map<string, number[]>();
  for (let round = 1; round <= rounds; round++) {
    for (const name of Object.keys(contenders) as K[]) {
      const value = await contenders[name]();
      measured.set(name, [...(measured.get(name) ?? []), value]);
      progress(`  round ${round}/${rounds}: ${name} ${thousands(value)}`);
    }
  }
  return Object.fromEntries([...measured].map(([name, values]) => [name, median(values)])) as Record<K, number>;
}

export function thousands(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
}

/** What the bench is doing, for whoever waits; not part of the result. */
export function progress(line: string): void {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
}
