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
 * of entries marked SEED add up to a published figure of 2024.
 */
export const villages: readonly Village[] = [
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

export const district = { code: '330603000000', name: '柯桥区' };

export const townships: readonly { readonly code: string; readonly name: string }[] = [
  { code: '330603002000', name: '柯岩街道' },
  { code: '330603004000', name: '湖塘街道' },
  { code: '330603007000', name: '安昌街道' },
  { code: '330603008000', name: '兰亭街道' },
  { code: '330603105000', name: '平水镇' },
  { code: '330603107000', name: '王坛镇' },
  { code: '330603109000', name: '稽东镇' },
  { code: '330603111000', name: '漓渚镇' },
];
