import type { MonthlyIncomeReport, WithoutData } from '@ledger/views';
import { type Words, words } from '../table.js';

export const REASONS: Readonly<Record<WithoutData, Words>> = {
  NO_BOOK: words('未建账', 'no book'),
  NO_ENTRIES: words('未记账', 'no entries'),
};

/** The villages that said nothing, by name, so that a sum is not taken for more than it is. */
export function withoutDataNotes({ villages, scope }: MonthlyIncomeReport): Words[] {
  if (scope.level !== 'village') {
    if (villages.withoutData.length === 0) return [words('各村均有数据。', 'No village is without data.')];
    const zh = villages.withoutData.map(({ code, name, reason }) => `${name}（${code}，${REASONS[reason].zh}）`);
    const en = villages.withoutData.map(({ code, reason }) => `${code} (${REASONS[reason].en})`);
    return [words(`无数据的村：${zh.join('、')}。`, `Villages without data: ${en.join(', ')}.`)];
  }
  return villages.withoutData.map(({ reason }) =>
    words(`本村无数据：${REASONS[reason].zh}。`, `This village has no data: ${REASONS[reason].en}.`),
  );
}
