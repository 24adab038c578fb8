import type { MonthlyIncomeReport, VillageNotClosed, WithoutData } from '@ledger/views';
import { type Words, words } from '../table.js';

export const REASONS: Readonly<Record<WithoutData, Words>> = {
  NO_BOOK: words('未建账', 'no book'),
  NO_ENTRIES: words('未记账', 'no entries'),
};

export const NOT_CLOSED = words('未结账', 'not closed');

const MOST_NAMES = 10;

/** The villages that said nothing, or may still say more, by name, so that a sum is not taken for more than it is. */
export function villageNotes(report: MonthlyIncomeReport): Words[] {
  const { villages, scope, period } = report;
  if (scope.level === 'village') return ownNotes(report);
  const { counted, withData, withoutData, notClosed } = villages;
  const lacking = (wanted: WithoutData) => withoutData.filter(({ reason }) => reason === wanted);
  const silent = [
    ...listed(words('未建账的村', 'Villages without a book'), lacking('NO_BOOK')),
    ...listed(words('本月未记账的村', 'Villages without entries this month'), lacking('NO_ENTRIES')),
  ];
  return [
    words(
      `共${counted}个村，其中${withData}个村本月有数据。村均以全部${counted}个村为分母。`,
      `${counted} villages, ${withData} of them with data of this month; averages are over all ${counted}.`,
    ),
    ...(silent.length === 0 ? [words('各村本月均有数据。', 'No village is without data of this month.')] : silent),
    ...(notClosed.length === 0
      ? [words(`有账的村${period}均已结账。`, `Every book of ${period} is closed.`)]
      : listed(words(`${period}未结账的村`, `Books of ${period} not yet closed`), notClosed)),
  ];
}

function ownNotes({ villages, period }: MonthlyIncomeReport): Words[] {
  return [
    ...villages.withoutData.map(({ reason }) =>
      reason === 'NO_BOOK'
        ? words('本村未建账。', 'This village has no book yet.')
        : words('本村本月未记账。', 'This village has no entries this month.'),
    ),
    ...villages.notClosed.map(() =>
      words(
        `本村${period}尚未结账，数字还会变动。`,
        `The book of ${period} is not yet closed, and its figures may change.`,
      ),
    ),
  ];
}

/** The first of them by name; none is said where there is none. */
function listed(what: Words, villages: readonly VillageNotClosed[]): Words[] {
  const { length } = villages;
  if (length === 0) return [];
  const first = villages.slice(0, MOST_NAMES);
  const zh = first.map(({ code, name }) => `${name}（${code}）`).join('、');
  const en = first.map(({ code, name }) => `${name} (${code})`).join(', ');
  if (length === first.length) return [words(`${what.zh}：${zh}。`, `${what.en}: ${en}.`)];
  return [
    words(`${what.zh}共${length}个：${zh}等。`, `${what.en}: ${length}, the first ${first.length} of them ${en}.`),
  ];
}
