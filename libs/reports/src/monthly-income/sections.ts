import type { MonthlyIncomeReport } from '@ledger/views';
import { type Words, words } from '../table.js';

/** The sums at the head of every report; what is total and what is operating is never mixed. */
export const SECTIONS: readonly { readonly key: 'total' | 'operating' | 'other'; readonly title: Words }[] = [
  { key: 'total', title: words('集体经济总收入', 'Total income') },
  { key: 'operating', title: words('其中：经营性收入', 'of which operating') },
  { key: 'other', title: words('其中：补助和其他收入', 'of which grants and other') },
];

export const LEVELS: Readonly<Record<MonthlyIncomeReport['scope']['level'], Words>> = {
  district: words('区', 'District'),
  township: words('镇街', 'Township'),
  village: words('村', 'Village'),
};
