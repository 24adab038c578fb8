import { apportion } from '../books/apportion.js';
import { type Archetype, archetypes, type TypicalStream } from './archetypes.js';
import { creditCodeOf } from './credit-codes.js';
import { typicalProjects } from '../projects/projects.js';
import { drawn, onceIn, QUARTER_ENDS } from '../books/seasons.js';
import type { Township } from './townships.js';
import type { IncomeStream, Village } from './village.js';

/** A made-up village before the district's sum is divided. */
export interface Site {
  readonly key: string;
  readonly code: string;
  readonly name: string;
  readonly creditCode: string;
  readonly archetype: Archetype;
}

/** The made-up villages of a township, beside those whose names are real; their codes follow. */
export function sitesOf(township: Township, named: readonly Village[], firstSerial: number): Site[] {
  const { code, short, archetypes: kinds } = township;
  const prefix = code.slice(0, 9);
  const taken = named.filter((village) => village.code.startsWith(prefix)).length;
  return Array.from({ length: township.villages - taken }, (_, index): Site => {
    const key = `${code.slice(6, 9)}-${index + 1}`;
    const kind = kinds[drawn(`${key} kind`, kinds.length)] ?? 'factory';
    return {
      key,
      code: `${prefix}${201 + taken + index}`,
      name: `${short}示例村${String(index + 1).padStart(2, '0')}`,
      creditCode: creditCodeOf(firstSerial + index),
      archetype: archetypes[kind],
    };
  });
}

/** How much of the district's sum a site draws, in yuan. */
export function drawnYuan({ key, archetype }: Site): number {
  const [from, to] = archetype.operatingWan;
  return (from + drawn(`${key} sum`, to - from)) * 10_000;
}

/** A village from its site and its operating income of 2024. */
export function madeUpVillage(site: Site, operatingYuan: number): Village {
  const { key, code, name, creditCode, archetype } = site;
  const slip = drawn(`${key} slip`, 8) === 0 ? slipOf(key) : undefined;
  const leftYuan = operatingYuan - (slip?.rightYuan ?? 0);
  const runningYuan = 60_000 + drawn(`${key} running`, 9) * 20_000;
  const spendsYuan = Math.round(operatingYuan / 1000) * 1000;
  const part = (percent: number, spreadPercent: number): number =>
    Math.round((spendsYuan * (percent + drawn(`${key} ${percent}`, spreadPercent))) / 10_000) * 100;
  const payMonthYuan = Math.round((18_000 + part(9, 4) / 12) / 100) * 100;
  return {
    key,
    code,
    name,
    creditCode,
    plain: true,
    property: archetype.property,
    incomes: [
      ...operatingStreams(site, leftYuan),
      {
        key: 'running',
        account: '50301',
        yearYuan: runningYuan,
        season: QUARTER_ENDS,
        day: 25,
        summary: '村级运转补助',
      },
      ...(drawn(`${key} award`, 3) === 0 ? [award(key)] : []),
      ...(drawn(`${key} once`, 12) === 0 ? [compensation(key)] : []),
      {
        key: 'interest',
        account: '504',
        yearYuan: 1_200 + Math.round(operatingYuan / 40_000) * 40,
        season: QUARTER_ENDS,
        day: 21,
        summary: '存款利息',
      },
    ],
    spends: {
      payMonthYuan,
      officeYuan: 24_000 + part(1, 2),
      operatingYuan: part(20, 9),
      welfareYuan: 30_000 + part(10, 6),
      depreciationMonthYuan: Math.round((2_000 + part(9, 3) / 12) / 100) * 100,
    },
    opening: {
      bankYuan: 300_000 + part(50, 40),
      receivableYuan: 12_000 + part(3, 4),
      accumulatedDepreciationYuan: part(70, 50),
      payableYuan: 9_000 + part(2, 3),
      reserveYuan: part(130, 80),
      undistributedYuan: part(8, 9),
    },
    assetsYuan: 2_400_000 + part(520, 280),
    ...(slip === undefined ? {} : { mistyped: slip }),
    ...STILL_OPEN[key],
  };
}

/** Villages whose December of 2024 is not closed; of one of them, no paper of December has come. */
const STILL_OPEN: Readonly<Record<string, Pick<Village, 'yearOpen' | 'silentIn'>>> = {
  '107-4': { yearOpen: true },
  '114-7': { yearOpen: true, silentIn: '2024-12' },
};

function operatingStreams({ key: village, archetype }: Site, wholeYuan: number): IncomeStream[] {
  const typical = archetype.streams.filter(({ key, chance = 100 }) => drawn(`${village} ${key} chance`, 100) < chance);
  const weights = typical.map(({ key, weight }) => ({
    key,
    weight: weight * (75 + drawn(`${village} ${key} weight`, 51)),
  }));
  const shares = apportion(wholeYuan, weights);
  return typical.map((stream) => operatingStream(village, stream, shares.get(stream.key) ?? 0));
}

function operatingStream(village: string, typical: TypicalStream, yearYuan: number): IncomeStream {
  const { key, account, season, day, summary, settlement, from, contract } = typical;
  const party = from === undefined ? {} : { party: `${from}-${village}-${key}` };
  const owed = settlement === undefined ? {} : { settlement };
  const hasProject = Object.hasOwn(typicalProjects, key) && drawn(`${village} ${key} project`, 3) === 0;
  // One tenant in ten pays without saying for what.
  const vague = settlement === '112' && drawn(`${village} ${key} vague`, 10) === 0;
  return {
    key,
    account,
    yearYuan,
    season,
    day: Math.min(27, Math.max(2, day - 3 + drawn(`${village} ${key} day`, 7))),
    summary,
    ...owed,
    ...party,
    ...(contract === undefined ? {} : { contract: `contract-${village}-${key}` }),
    ...(hasProject ? { project: `${key}-${village}` } : {}),
    ...(vague ? { unallocated: '2024-10' } : {}),
  };
}

function award(village: string): IncomeStream {
  const yearYuan = 20_000 + drawn(`${village} award sum`, 8) * 10_000;
  const month = 7 + drawn(`${village} award month`, 5);
  return { key: 'award', account: '50302', yearYuan, season: onceIn(month), day: 17, summary: '美丽乡村考核奖补' };
}

function compensation(village: string): IncomeStream {
  const yearYuan = 18_000 + drawn(`${village} once sum`, 60) * 1_000;
  const season = onceIn(3 + drawn(`${village} once month`, 8));
  const summary = '线路迁改一次性补偿';
  return { key: 'compensation', account: '504', yearYuan, season, day: 12, summary, nonRecurring: true };
}

function slipOf(village: string): NonNullable<Village['mistyped']> {
  const rightYuan = 12_400 + drawn(`${village} slip sum`, 9) * 1_700;
  const month = 2 + drawn(`${village} slip month`, 10);
  const period = `2024-${String(month).padStart(2, '0')}`;
  return {
    entered: {
      key: 'fee',
      account: '50199',
      yearYuan: rightYuan + 27_000,
      season: onceIn(month),
      day: 12,
      summary: '场地临时使用费',
    },
    rightYuan,
    foundOn: `${period}-26`,
    reason: '金额录入有误,红字冲销后按原单重录',
  };
}
