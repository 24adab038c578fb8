import { projectCategories } from '@ledger/domain';
import type { Schema } from '../openapi/schema.js';
import { count, day, fen, list, object, orNull, text } from './schemas.js';

/** The shapes of answers about projects, as JSON schemas. */

const status: Schema = {
  type: 'string',
  enum: ['proposed', 'approved', 'active', 'suspended', 'completed', 'closed'],
};
const grams: Schema = { ...count, description: '重量,单位克 · weight in grams' };
const enrolled: Schema = {
  ...orNull(count),
  description: '在约农户数;对公众1至4不公布 · households that are enrolled; null for 1 to 4 in public answers',
};
const jobs: Schema = {
  ...orNull(count),
  description: '在岗用工数;对公众1至4不公布 · jobs that there are; null for 1 to 4 in public answers',
};
const OF_LEAD = { zh: '无权查看牵头村时为null', en: 'null for a reader of other villages than the lead one' };
const share = object({ village: text, basisPoints: count });

export const projectRow = object({
  project: { ...text, description: '项目编号,分录的project用它 · its id, which lines of vouchers name as project' },
  name: text,
  kind: { type: 'string', enum: Object.keys(projectCategories.projectKinds) },
  types: list(text),
  programmes: list(text),
  leadVillage: { ...orNull(text), description: '牵头村,查询人无权查看时为null · null for a reader of other villages' },
  status,
  since: { ...day, description: '进入该状态的日期 · from when it has this status' },
  scheme: {
    oneOf: [object({ since: day, shares: list(share) }), { type: 'null' }],
    description: '当日的分配方案 · the shares of that day',
  },
  position: count,
  origin: orNull(text),
});

export const projectVillage = object({
  village: text,
  since: { ...orNull(day), description: '参与起始日,不是参与村为null · null where it does not take part' },
  basisPoints: orNull(count),
  enrolled,
  jobs,
});

const productSales = object({ product: text, sales: count, quantityGrams: grams, amountFen: fen });

/** What the answer about one project says beside its state. */
export const projectFigures = {
  villages: list(projectVillage),
  enrolled,
  jobs,
  sales: {
    oneOf: [
      object({ sales: count, quantityGrams: grams, amountFen: fen, products: list(productSales) }),
      { type: 'null' },
    ],
    description: `销售统计,不是收入;${OF_LEAD.zh} · a statistic, never income; ${OF_LEAD.en}`,
  },
  visitors: {
    oneOf: [
      object({ counts: count, visitors: { ...count, description: '游客人次 · visitor trips' } }),
      { type: 'null' },
    ],
    description: `游客统计;${OF_LEAD.zh} · counts of visitors; ${OF_LEAD.en}`,
  },
  income: {
    ...object({
      basis: { type: 'string', enum: ['booked', 'restated'] },
      totalFen: fen,
      operatingFen: fen,
      villages: list(object({ village: text, totalFen: fen, operatingFen: fen })),
    }),
    description: '账上记在该项目名下的收入 · the income that the books have under the project',
  },
};

export const enrolmentRow = object({
  project: text,
  household: text,
  village: text,
  role: text,
  contract: orNull(text),
  since: day,
  position: count,
});

export const jobRow = object({
  project: text,
  jobNo: count,
  worker: text,
  household: orNull(text),
  village: text,
  kind: text,
  since: day,
  position: count,
});

export const gainRow = object({
  project: text,
  gainNo: count,
  year: count,
  amountFen: { ...fen, description: '全部人口合计,单位分 · of the whole population, in fen' },
  method: text,
  population: object({ of: text, count }),
  household: orNull(text),
  village: { ...orNull(text), description: '整个项目的为null · null where it is told of the whole project' },
  position: count,
});

export const saleRow = object({
  saleNo: count,
  effectiveOn: day,
  product: text,
  quantityGrams: orNull(count),
  amountFen: fen,
  channel: text,
  position: count,
});

export const visitorCountRow = object({
  countNo: count,
  from: day,
  to: day,
  count,
  source: text,
  position: count,
});

export const villageProjectRow = object({
  project: text,
  name: text,
  kind: text,
  status,
  leadVillage: orNull(text),
  village: text,
  since: { ...day, description: '该村参与起始日 · from when the village takes part' },
  basisPoints: orNull(count),
  enrolled,
  jobs,
});

export const villageProjects = object({ village: text, projects: count, enrolled, jobs });

export const enrolmentCount = object({ village: text, project: text, name: text, enrolled, jobs });

export const sums = { enrolled, jobs };

export const categoryTable = list(object({ id: text, zh: text, en: text }));
