/** What a published figure claims of the true one. */
export type Qualifier = 'over' | 'nearly' | 'exact' | 'about' | 'atLeast';

/** The true figure lies between these parts of the published one, in basis points of it. */
export interface QualifierRule {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly fromBasisPoints: number;
  readonly fromIncluded: boolean;
  /** No upper bound where it is absent. */
  readonly toBasisPoints?: number;
  readonly toIncluded?: boolean;
  readonly ruleZh: string;
  readonly ruleEn: string;
}

/**
 * Our reading of the words, for no standard defines them: `nearly` is less than the figure by at most 5 % of it, `about`
 * within 5 % either way. "超" and "余" are `over`, "近" and "不到" `nearly`, "以上" and "不低于" `atLeast`.
 */
export const qualifiers: Readonly<Record<Qualifier, QualifierRule>> = {
  over: {
    nameZh: '超',
    nameEn: 'over',
    fromBasisPoints: 10_000,
    fromIncluded: false,
    ruleZh: '实际数大于公布数',
    ruleEn: 'more than the published figure',
  },
  nearly: {
    nameZh: '近',
    nameEn: 'nearly',
    fromBasisPoints: 9_500,
    fromIncluded: true,
    toBasisPoints: 10_000,
    toIncluded: false,
    ruleZh: '实际数小于公布数,且不低于其95%',
    ruleEn: 'less than the published figure, and at least 95 % of it',
  },
  exact: {
    nameZh: '等于',
    nameEn: 'exactly',
    fromBasisPoints: 10_000,
    fromIncluded: true,
    toBasisPoints: 10_000,
    toIncluded: true,
    ruleZh: '实际数等于公布数',
    ruleEn: 'equal to the published figure',
  },
  about: {
    nameZh: '约',
    nameEn: 'about',
    fromBasisPoints: 9_500,
    fromIncluded: true,
    toBasisPoints: 10_500,
    toIncluded: true,
    ruleZh: '实际数在公布数的95%至105%之间',
    ruleEn: 'between 95 % and 105 % of the published figure',
  },
  atLeast: {
    nameZh: '不低于',
    nameEn: 'at least',
    fromBasisPoints: 10_000,
    fromIncluded: true,
    ruleZh: '实际数不小于公布数',
    ruleEn: 'not less than the published figure',
  },
};

/** Whether a true figure is what the published one and its qualifier claim. Both are integers in one unit. */
export function qualifierHolds(qualifier: Qualifier, actual: number, published: number): boolean {
  const { fromBasisPoints, fromIncluded, toBasisPoints, toIncluded = false } = qualifiers[qualifier];
  // Ten thousand times a figure of the district is beyond the integers that a number keeps.
  const scaled = BigInt(actual) * 10_000n;
  const from = BigInt(published) * BigInt(fromBasisPoints);
  if (fromIncluded ? scaled < from : scaled <= from) return false;
  if (toBasisPoints === undefined) return true;
  const to = BigInt(published) * BigInt(toBasisPoints);
  return toIncluded ? scaled <= to : scaled < to;
}
