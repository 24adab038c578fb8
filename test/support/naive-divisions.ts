type NewCode = Record<'oldCode' | 'newCode', string>;
/** What facts about divisions say, whichever they are. */
export type NaiveDivision = NewCode & {
  readonly code: string;
  readonly villages: readonly NewCode[];
  readonly from: readonly string[];
  readonly to: string;
};
interface Stated extends Record<'type' | 'effectiveOn', string> {
  readonly data: NaiveDivision;
}

/** For every code that was ever given: the code on that day of the division it means, or of what that was merged into. */
export function codesOfDay(known: readonly Stated[], asOf: string): Map<string, string | undefined> {
  const first = new Map<string, string>();
  const ofDay = new Map<string, string>();
  const recodes: { on: string; division: string; code: string }[] = [];
  const mergedInto = new Map<string, string>();
  for (const { type, effectiveOn, data } of known) {
    if (type === 'DivisionRegistered') {
      first.set(data.code, data.code);
      if (effectiveOn <= asOf) ofDay.set(data.code, data.code);
    }
    for (const { oldCode, newCode } of type === 'DivisionRecoded' ? [data, ...data.villages] : []) {
      const division = first.get(oldCode) ?? '';
      first.set(newCode, division);
      recodes.push({ on: effectiveOn, division, code: newCode });
    }
    for (const code of type === 'VillagesMerged' && effectiveOn <= asOf ? data.from : []) {
      mergedInto.set(first.get(code) ?? '', first.get(data.to) ?? '');
    }
  }
  // By day, and as they were recorded among those of one day.
  for (const { on, division, code } of recodes.toSorted((a, b) => a.on.localeCompare(b.on))) {
    if (on <= asOf && ofDay.has(division)) ofDay.set(division, code);
  }
  const place = (division: string): string => {
    const into = mergedInto.get(division);
    return into === undefined ? division : place(into);
  };
  return new Map([...first].map(([code, division]) => [code, ofDay.get(place(division))]));
}
