import { apportion } from '../books/apportion.js';
import { drawnYuan, madeUpVillage, type Site, sitesOf } from './made-up-villages.js';
import { operatingFenOf } from '../books/operating.js';
import { townships } from './townships.js';
import type { Village } from './village.js';
import { anhua } from './villages/anhua.js';
import { chetou } from './villages/chetou.js';
import { daqiao } from './villages/daqiao.js';
import { dongcun } from './villages/dongcun.js';
import { songjiadian } from './villages/songjiadian.js';
import { tangdi } from './villages/tangdi.js';
import { wanghua } from './villages/wanghua.js';
import { xiejiawu } from './villages/xiejiawu.js';
import { xinglian } from './villages/xinglian.js';
import { yejiayan } from './villages/yejiayan.js';

/**
 * Ten villages of Keqiao. Their names are real; village codes, credit codes and nearly all sums are made up. The sums
 * of entries marked SEED add up to a published figure.
 */
export const namedVillages: readonly Village[] = [
  xiejiawu,
  yejiayan,
  daqiao,
  chetou,
  wanghua,
  songjiadian,
  anhua,
  xinglian,
  dongcun,
  tangdi,
];

/** The published operating income of 2024: 387 万元 for each of 214 villages. */
export const OPERATING_FEN = 82_818_000_000;
/** No village has less than half a million; the least of the made-up ones has somewhat more. */
const FLOOR_YUAN = 512_000;
const FIRST_SERIAL = 100;

/** All 214 villages: the ten named ones, and made-up ones that share out what the district's sum leaves for them. */
export function county(): Village[] {
  const sites = townships.flatMap((township, index) => sitesOf(township, namedVillages, FIRST_SERIAL + index * 20));
  const named = namedVillages.reduce((sum, village) => sum + operatingFenOf(village), 0);
  const restYuan = (OPERATING_FEN - named) / 100;
  const shares = sharesOf(sites, restYuan);
  return [...namedVillages, ...sites.map((site) => madeUpVillage(site, shares.get(site.key) ?? 0))];
}

/** By largest remainders above the floor, so that the district's sum comes out to the yuan. */
function sharesOf(sites: readonly Site[], restYuan: number): Map<string, number> {
  const weights = sites.map((site) => ({
    key: site.key,
    weight: Math.max(1, Math.round((drawnYuan(site) - FLOOR_YUAN) / 1000)),
  }));
  const above = apportion(restYuan - FLOOR_YUAN * sites.length, weights);
  return new Map(sites.map(({ key }) => [key, FLOOR_YUAN + (above.get(key) ?? 0)]));
}
