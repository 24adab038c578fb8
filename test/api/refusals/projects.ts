import type { VillageBooks } from '../../support/village-books.js';
import { post, type Refused, type Scene } from './scene.js';

interface OfScene {
  readonly id: string;
  readonly path: string;
  readonly lead: string;
  readonly partner: string;
}

/** A project of two villages of its own, proposed on 2024-01-10. */
export async function proposed(books: VillageBooks): Promise<OfScene> {
  const [{ village: lead }, { village: partner }] = [await books.book(), await books.book()];
  const { stream } = await books.accepted('/projects', {
    name: '一桌土菜',
    kind: 'VEGETABLE_BRAND',
    leadVillage: lead,
    villages: [partner],
    effectiveOn: '2024-01-10',
  });
  const id = stream.slice('project-'.length);
  return { id, path: `/projects/${id}`, lead, partner };
}

/** The same, started on 2024-03-01. */
export async function started(books: VillageBooks): Promise<OfScene> {
  const project = await proposed(books);
  await books.accepted(`${project.path}/approve`, { effectiveOn: '2024-02-01' });
  await books.accepted(`${project.path}/start`, { effectiveOn: '2024-03-01' });
  return project;
}

/** A household of the partner village. */
export async function household(books: VillageBooks, { partner }: OfScene): Promise<string> {
  const { stream } = await books.accepted('/households', { village: partner, effectiveOn: '2024-01-01' });
  return stream.slice('household-'.length);
}

const on = (effectiveOn: string, more: object = {}) => ({ effectiveOn, ...more });
const sale = (effectiveOn: string) => on(effectiveOn, { product: '笋干', amountFen: 12_800_00, channel: 'SHOP' });
const job = (worker: string, effectiveOn: string, more: object = {}) =>
  on(effectiveOn, { worker, kind: 'CASUAL', ...more });
const gain = { year: 2024, amountFen: 100, method: 'SURVEY', population: { of: 'EMPLOYED_PERSONS', count: 2 } };

/** A scene whose facts name its own project. */
function scene(
  said: Pick<Scene, 'shows'> & Partial<Pick<Scene, 'status' | 'field'>>,
  request: (books: VillageBooks) => Promise<Refused>,
): Scene {
  return { status: 422, facts: {}, ...said, request };
}

export const projectsScenes: Readonly<Record<string, Scene>> = {
  PROJECT_UNKNOWN: {
    status: 404,
    facts: { project: 'no-such-project' },
    shows: ['no-such-project'],
    field: 'project',
    sentences: {
      zh: '没有项目no-such-project。请用项目列表核对编号。',
      en: 'There is no project no-such-project. Look its id up in the list of projects.',
    },
    request: async () => post('/projects/no-such-project/start', on('2024-03-01')),
  },
  PROJECT_SEQUENCE: scene(
    { shows: ['2024-03-01', '2024-01-10', { zh: '启动', en: 'start' }], field: 'effectiveOn' },
    async (books) => {
      const { id, path } = await proposed(books);
      const status = { status: 'proposed', since: '2024-01-10' };
      const facts = { project: id, step: 'start', on: '2024-03-01', from: ['approved'], ...status };
      return post(`${path}/start`, on('2024-03-01'), { facts, shows: [id] });
    },
  ),
  PROJECT_STEP_BEFORE_RECORD: scene(
    { shows: ['2024-05-09', '2024-05-10', { zh: '暂停', en: 'suspend' }], field: 'effectiveOn' },
    async (books) => {
      const { id, path } = await started(books);
      await books.accepted(`${path}/sales`, sale('2024-05-10'));
      const facts = { project: id, step: 'suspend', on: '2024-05-09', recordedOn: '2024-05-10' };
      return post(`${path}/suspend`, on('2024-05-09', { reason: '停业' }), { facts, shows: [id] });
    },
  ),
  PROJECT_NOT_ACTIVE: scene({ shows: ['2024-05-10', '2024-05-01'], field: 'effectiveOn' }, async (books) => {
    const { id, path } = await started(books);
    await books.accepted(`${path}/suspend`, on('2024-05-01', { reason: '停业' }));
    const status = { status: 'suspended', since: '2024-05-01' };
    const facts = { project: id, on: '2024-05-10', needs: ['active'], ...status };
    return post(`${path}/sales`, sale('2024-05-10'), { facts, shows: [id] });
  }),
  PROJECT_CLOSED: scene({ shows: ['2024-02-02', '2024-02-01'], field: 'effectiveOn' }, async (books) => {
    const { id, path } = await proposed(books);
    await books.accepted(`${path}/close`, on('2024-02-01'));
    const facts = { project: id, on: '2024-02-02', closedOn: '2024-02-01' };
    return post(`${path}/sales`, sale('2024-02-02'), { facts, shows: [id] });
  }),
  PROJECT_TOO_MANY_OPEN: scene({ shows: ['500', '0', '499'], field: 'project' }, async (books) => {
    const { id, path } = await started(books);
    const workers = Array.from({ length: 500 }, (_, i) => `worker-${i}`);
    // In turns of some, as an office would type them in.
    while (workers.length > 0) {
      await Promise.all(
        workers.splice(0, 50).map((worker) => books.accepted(`${path}/jobs`, job(worker, '2024-03-01'))),
      );
    }
    await books.accepted(`${path}/complete`, on('2024-11-01'));
    const facts = { project: id, enrolments: 0, jobs: 500, limit: 499 };
    return post(`${path}/close`, on('2024-11-30'), { facts, shows: [id] });
  }),
  CATEGORY_UNKNOWN: scene(
    { shows: ['TEAPOT', 'GROWER', { zh: '种植户', en: 'grower' }], field: 'role' },
    async (books) => {
      const project = await started(books);
      const known = [
        { id: 'GROWER', zh: '种植户', en: 'grower' },
        { id: 'BREEDER', zh: '养殖户', en: 'breeder' },
        { id: 'PROCESSOR', zh: '加工户', en: 'processor' },
        { id: 'HOST', zh: '经营户', en: 'host' },
        { id: 'LESSOR', zh: '出租户', en: 'lessor' },
        { id: 'PARTNER', zh: '合作户', en: 'partner' },
      ];
      const body = on('2024-03-05', { household: await household(books, project), role: 'TEAPOT' });
      return post(`${project.path}/enrolments`, body, { facts: { field: 'role', category: 'TEAPOT', known } });
    },
  ),
  VILLAGE_ALREADY_PARTICIPANT: scene({ shows: ['2024-04-01', '2024-01-10'], field: 'village' }, async (books) => {
    const { id, path, partner } = await proposed(books);
    const facts = { project: id, village: partner, on: '2024-04-01', spans: [{ from: '2024-01-10' }] };
    return post(`${path}/villages`, on('2024-04-01', { village: partner }), { facts, shows: [id, partner] });
  }),
  VILLAGE_NOT_PARTICIPANT: scene(
    { shows: ['2024-04-01', { zh: '无', en: 'at no time' }], field: 'shares.1.village' },
    async (books) => {
      const { id, path, lead } = await proposed(books);
      const { village } = await books.book();
      const shares = [
        { village: lead, basisPoints: 5000 },
        { village, basisPoints: 5000 },
      ];
      const facts = { project: id, village, on: '2024-04-01', spans: [] };
      return post(`${path}/allocation-schemes`, on('2024-04-01', { shares }), { facts, shows: [id, village] });
    },
  ),
  VILLAGE_LEADS: scene({ shows: [], field: 'village' }, async (books) => {
    const { id, path, lead } = await proposed(books);
    return post(`${path}/villages/${lead}/leave`, on('2024-04-01'), {
      facts: { project: id, village: lead },
      shows: [id, lead],
    });
  }),
  VILLAGE_HAS_SHARE: scene({ shows: ['2024-03-01', '2024-04-01', '4000'], field: 'village' }, async (books) => {
    const { path, lead, partner } = await proposed(books);
    const shares = [
      { village: lead, basisPoints: 6000 },
      { village: partner, basisPoints: 4000 },
    ];
    await books.accepted(`${path}/allocation-schemes`, on('2024-03-01', { shares }));
    const facts = { village: partner, on: '2024-04-01', schemeOn: '2024-03-01', basisPoints: 4000 };
    return post(`${path}/villages/${partner}/leave`, on('2024-04-01'), { facts, shows: [partner] });
  }),
  SHARES_NOT_100: {
    status: 422,
    facts: { sumBasisPoints: 9999 },
    shows: ['9999', '10000'],
    field: 'shares',
    sentences: {
      zh: '各村份额合计9999个基点,应为10000(即100%)。请调整份额后提交。',
      en: 'The shares come to 9999 basis points; together they are 10000 (the whole). Adjust them and send all of them again.',
    },
    request: async (books) => {
      const { path, lead, partner } = await proposed(books);
      const shares = [
        { village: lead, basisPoints: 6000 },
        { village: partner, basisPoints: 3999 },
      ];
      return post(`${path}/allocation-schemes`, on('2024-04-01', { shares }));
    },
  },
  HOUSEHOLD_ALREADY_ENROLLED: scene({ shows: ['2024-03-05', '2024-04-01'], field: 'household' }, async (books) => {
    const project = await started(books);
    const id = await household(books, project);
    const body = { household: id, role: 'GROWER' };
    await books.accepted(`${project.path}/enrolments`, on('2024-03-05', body));
    const facts = { project: project.id, household: id, on: '2024-04-01', spans: [{ from: '2024-03-05' }] };
    return post(`${project.path}/enrolments`, on('2024-04-01', body), { facts, shows: [id, project.id] });
  }),
  HOUSEHOLD_NOT_ENROLLED: scene({ shows: ['2024-04-01'], field: 'household' }, async (books) => {
    const project = await started(books);
    const id = await household(books, project);
    const facts = { project: project.id, household: id, on: '2024-04-01', spans: [] };
    const path = `${project.path}/enrolments/${id}/withdrawal`;
    return post(path, on('2024-04-01', { reason: '外出' }), { facts, shows: [id, project.id] });
  }),
  ENROLMENT_BEFORE_START: scene({ shows: ['2024-02-29', '2024-03-01'], field: 'effectiveOn' }, async (books) => {
    const project = await started(books);
    const id = await household(books, project);
    const facts = { project: project.id, household: id, on: '2024-02-29', startedOn: '2024-03-01' };
    const body = on('2024-02-29', { household: id, role: 'GROWER' });
    return post(`${project.path}/enrolments`, body, { facts, shows: [id, project.id] });
  }),
  HOUSEHOLD_ELSEWHERE: scene({ shows: [], field: 'village' }, async (books) => {
    const project = await started(books);
    const id = await household(books, project);
    const facts = { household: id, village: project.partner, stated: project.lead };
    const body = job('worker-1', '2024-04-01', { household: id, village: project.lead });
    return post(`${project.path}/jobs`, body, { facts, shows: [id, project.partner, project.lead] });
  }),
  JOB_OVERLAP: {
    status: 422,
    facts: { worker: 'worker-1', on: '2024-04-30', jobNo: 1, from: '2024-04-01', endedOn: '2024-05-01' },
    shows: ['worker-1', '2024-04-01', '2024-05-01', '2024-04-30'],
    field: 'worker',
    request: async (books) => {
      const { path } = await started(books);
      await books.accepted(`${path}/jobs`, job('worker-1', '2024-04-01', { endedOn: '2024-05-01' }));
      return post(`${path}/jobs`, job('worker-1', '2024-04-30'));
    },
  },
  JOB_ENDED: scene({ shows: ['2024-05-01', '1'], field: 'no' }, async (books) => {
    const { id, path } = await started(books);
    await books.accepted(`${path}/jobs`, job('worker-1', '2024-04-01'));
    await books.accepted(`${path}/jobs/1/end`, on('2024-05-01'));
    const facts = { project: id, jobNo: 1, endedOn: '2024-05-01' };
    return post(`${path}/jobs/1/end`, on('2024-05-02'), { facts, shows: [id] });
  }),
  END_BEFORE_START: {
    status: 422,
    facts: { from: '2024-04-30', to: '2024-04-01' },
    shows: ['2024-04-30', '2024-04-01'],
    field: 'to',
    request: async (books) => {
      const { path } = await started(books);
      const body = { from: '2024-04-30', to: '2024-04-01', count: 10, source: 'GATE' };
      return post(`${path}/visitor-counts`, body);
    },
  },
  GAIN_DUPLICATE: scene({ shows: ['2024', '1'], field: 'year' }, async (books) => {
    const { id, path } = await started(books);
    await books.accepted(`${path}/gains`, on('2024-12-20', gain));
    const facts = { project: id, year: 2024, gainNo: 1 };
    return post(`${path}/gains`, on('2024-12-21', gain), { facts, shows: [id] });
  }),
  RECORD_UNKNOWN: scene(
    { status: 404, shows: ['41', { zh: '游客统计', en: 'visitor count' }], field: 'no' },
    async (books) => {
      const { id, path } = await started(books);
      const facts = { project: id, record: 'count', no: 41 };
      return post(`${path}/visitor-counts/41/withdrawal`, { reason: '重复录入' }, { facts, shows: [id] });
    },
  ),
  RECORD_WITHDRAWN: scene({ shows: ['1', { zh: '销售', en: 'sale' }], field: 'no' }, async (books) => {
    const { id, path } = await started(books);
    await books.accepted(`${path}/sales`, sale('2024-05-10'));
    await books.accepted(`${path}/sales/1/withdrawal`, { reason: '重复录入' });
    const facts = { project: id, record: 'sale', no: 1 };
    return post(`${path}/sales/1/withdrawal`, { reason: '重复录入' }, { facts, shows: [id] });
  }),
};
