import type { LocalDate } from '@ledger/domain';

/** Bands of income by which villages are told apart (分档). A village's tier is always one under a scheme at a date. */
export interface IncomeTierScheme {
  readonly id: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly issuer: string;
  readonly measure: 'collectiveOperatingIncome';
  /** From the lowest to the highest, without gaps. */
  readonly bands: readonly IncomeBand[];
  readonly validFrom: LocalDate;
  /** Null while it is in force. */
  readonly validTo: LocalDate | null;
}

export interface IncomeBand {
  readonly id: string;
  readonly nameZh: string;
  readonly nameEn: string;
  /** Included; null for the lowest band. */
  readonly fromFen: number | null;
  /** Not included; null for the highest band. */
  readonly belowFen: number | null;
}

const WAN_FEN = 1_000_000;

/**
 * The limits of the annual rural statistics are those of operating surplus (经营收益); applied to operating income they
 * are a ruler and nothing more, and the name says so. The line of 50 万 is the aim that Shaoxing states for every village,
 * in the years of the provincial plan 2021 to 2025. Where a source names no first day, 2021 is taken.
 */
export const incomeTierSchemes: readonly IncomeTierScheme[] = [
  {
    id: 'national-bands',
    nameZh: '经营性收入分档(借用全国年报经营收益的档位界限)',
    nameEn: 'Operating income, by the limits that the national annual statistics set for operating surplus',
    issuer: '全国农村政策与改革统计年报',
    measure: 'collectiveOperatingIncome',
    bands: bands([
      ['none', '无收入', 'none', 1],
      ['below-5', '5万元以下', 'below 50,000 yuan', 5 * WAN_FEN],
      ['5-to-10', '5万元至10万元', '50,000 to 100,000 yuan', 10 * WAN_FEN],
      ['10-to-50', '10万元至50万元', '100,000 to 500,000 yuan', 50 * WAN_FEN],
      ['50-to-100', '50万元至100万元', '500,000 to 1,000,000 yuan', 100 * WAN_FEN],
      ['from-100', '100万元及以上', '1,000,000 yuan and more', null],
    ]),
    validFrom: '2021-01-01',
    validTo: null,
  },
  {
    id: 'shaoxing-50',
    nameZh: '全面消除经营性收入50万元以下村',
    nameEn: 'No village below 500,000 yuan of operating income',
    issuer: '绍兴市',
    measure: 'collectiveOperatingIncome',
    bands: bands([
      ['below-50', '50万元以下', 'below 500,000 yuan', 50 * WAN_FEN],
      ['from-50', '50万元及以上', '500,000 yuan and more', null],
    ]),
    validFrom: '2021-01-01',
    validTo: '2025-12-31',
  },
];

/** The schemes in force on a day. */
export function tierSchemesOn(day: LocalDate): IncomeTierScheme[] {
  return incomeTierSchemes.filter(({ validFrom, validTo }) => validFrom <= day && (validTo === null || day <= validTo));
}

/** The band that an amount lies in; they have no gaps, so there is one. */
export function bandOf(scheme: IncomeTierScheme, fen: number): string {
  return scheme.bands.findLast(({ fromFen }) => fromFen === null || fromFen <= fen)?.id ?? '';
}

/** Each band begins where the one before ends. */
function bands(rows: readonly (readonly [string, string, string, number | null])[]): IncomeBand[] {
  return rows.map(([id, nameZh, nameEn, belowFen], i) => {
    return { id, nameZh, nameEn, fromFen: rows[i - 1]?.[3] ?? null, belowFen };
  });
}
