import { describe, expect, it } from '@jest/globals';
import { type At, rebuild, type ReadModel, viewsFile } from '@ledger/readmodel';
import { enrolment, gain, job, participation, project, visitorCount } from '@ledger/views';
import { NaiveProjects } from '../support/naive-projects.js';
import { dump, projected } from '../support/projected.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { seeded } from './random-ledger.js';
import { projectHistory, VILLAGES } from './project-histories.js';

const HISTORIES = 12;
const COMMANDS = 160;

/** All that the views say of a project, in the words of the replay. */
function answered(read: ReadModel, id: string, at: At) {
  const find = { project: [id] };
  const state = read.history.one(project, id, at)?.state;
  const people = read.projects.counts({ project: id }, at);
  return {
    status: state?.status,
    shares: state?.scheme?.shares,
    villages: read.history.page(participation, { find }, at).map((row) => row.state.village),
    enrolled: read.history
      .page(enrolment, { find }, at)
      .map((row) => row.state.household)
      .toSorted(),
    jobs: read.history.page(job, { find }, at).map((row) => row.state.jobNo),
    counts: Object.fromEntries(people.map(({ village, enrolled, jobs }) => [village, { enrolled, jobs }])),
    products: Object.fromEntries(read.projects.soldByProduct(id, at).map(({ product, ...sums }) => [product, sums])),
    sales: read.projects.sales(id, { after: 0, limit: 1000 }, at).map(({ saleNo }) => saleNo),
    visitors: read.history.page(visitorCount, { find }, at).reduce((sum, row) => sum + row.state.count, 0),
    gains: read.history.page(gain, { find }, at).map((row) => row.state.gainNo),
  };
}

describe('projects at any two times', () => {
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const met = { facts: 0, late: 0 };

  it.each(Array.from({ length: HISTORIES }, (_, i) => seed + i))(
    'are what a replay of the facts says (seed %i)',
    async (ownSeed) => {
      const random = seeded(ownSeed);
      const { log, projects, facts, late } = await projectHistory(random, COMMANDS);
      met.facts += facts.length;
      met.late += late;
      const naive = new NaiveProjects(facts);
      const head = await log.head();
      // A batch holds the largest append: a close ends everything that goes on.
      const { read, remove } = await projected(log, 40 + Math.floor(random() * 20));
      try {
        for (let asked = 0; asked < 120; asked++) {
          const at = { asOf: facts[Math.floor(random() * facts.length)]?.effectiveOn ?? '', knownAt: 0 };
          at.knownAt = asked % 3 === 0 ? head : await log.wholeAt(Math.floor(random() * (head + 1)));
          for (const id of projects) expect(answered(read, id, at)).toEqual(naive.project(id, at));
          const ofVillages = read.projects.counts({ villages: VILLAGES }, at);
          const ofProjects = projects.toSorted().flatMap((id) => read.projects.counts({ project: id }, at));
          expect(ofVillages).toEqual(ofProjects);
        }
      } finally {
        remove();
      }
    },
  );

  it('were of histories long enough, with many back-dated facts', () => {
    expect(met.facts).toBeGreaterThan(40 * HISTORIES);
    expect(met.late / met.facts).toBeGreaterThan(0.2);
  });

  it('are the same rows rebuilt, and written live in batches of any size', async () => {
    const { log } = await projectHistory(seeded(seed), COMMANDS);
    const rebuilt = temporaryDirectory();
    await rebuild(log, viewsFile(rebuilt.path));
    const whole = dump(rebuilt.path);
    rebuilt.remove();
    for (const batch of [40, 57, 1000]) {
      const live = await projected(log, batch);
      expect(dump(live.path)).toEqual(whole);
      live.remove();
    }
  });
});
