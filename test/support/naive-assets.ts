/** What an auditor would work out of the facts with pencil and paper. Imports nothing of the ledger. */
export interface NaiveFact {
  readonly position: number;
  readonly type: string;
  readonly effectiveOn: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface NaiveCard {
  readonly useStatus: string;
  readonly costFen: number;
  readonly accumulatedDepreciationFen: number;
}

const USED: Readonly<Record<string, string>> = {
  AssetMarkedIdle: 'IDLE',
  AssetActivated: 'IN_USE',
  AssetDisposed: 'DISPOSED',
};

/** The card on a day as known, `undefined` before it is registered. */
export function naiveCard(facts: readonly NaiveFact[], asOf: string, knownAt: number): NaiveCard | undefined {
  const known = facts
    .filter(({ position, effectiveOn }) => position <= knownAt && effectiveOn <= asOf)
    .toSorted((a, b) =>
      a.effectiveOn === b.effectiveOn ? a.position - b.position : a.effectiveOn < b.effectiveOn ? -1 : 1,
    );
  const [registered, ...later] = known;
  if (registered?.type !== 'AssetRegistered') return undefined;
  let useStatus = String(registered.data['useStatus']);
  for (const { type, data } of later) {
    if (type in USED) useStatus = USED[type] ?? '';
    else if (type === 'AssetUseChanged') useStatus = String(data['useStatus']);
  }
  if (useStatus === 'DISPOSED') return { useStatus, costFen: 0, accumulatedDepreciationFen: 0 };
  const [costFen, accumulatedDepreciationFen] = worth(registered, later, monthOver(asOf));
  return { useStatus, costFen, accumulatedDepreciationFen };
}

/** Cost, and what is depreciated by the end of a month: each stretch between two changes spread over what was left then. */
function worth(registered: NaiveFact, later: readonly NaiveFact[], until: number): [number, number] {
  const { costFen = 0, residualFen = 0, lifeMonths, inServiceOn } = registered.data as Record<string, number>;
  let cost = BigInt(costFen);
  let residual = BigInt(residualFen);
  let life = lifeMonths;
  const begun = month(String(inServiceOn));
  let from = begun;
  let before = 0n;
  const by = (to: number): bigint => {
    const months = life === undefined ? 0 : Math.max(0, life - (from - begun));
    const gone = Math.min(Math.max(0, to - from), months);
    return gone === 0 ? before : before + ((cost - residual - before) * BigInt(gone)) / BigInt(months);
  };
  for (const { type, effectiveOn, data } of later) {
    if (type !== 'AssetImproved' && type !== 'AssetRevalued') continue;
    const at = Math.max(month(effectiveOn), from);
    before = by(at);
    from = at;
    cost += BigInt(Number(data[type === 'AssetImproved' ? 'amountFen' : 'differenceFen']));
    if (data['residualFen'] !== undefined) residual = BigInt(Number(data['residualFen']));
    if (data['lifeMonths'] !== undefined) life = Number(data['lifeMonths']);
  }
  return [Number(cost), Number(by(until))];
}

function month(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
}

/** A month counts on its last day. */
function monthOver(day: string): number {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString();
  return month(next) > month(day) ? month(day) : month(day) - 1;
}
