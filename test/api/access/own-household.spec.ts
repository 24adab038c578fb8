import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DissolveHousehold, EnrolHousehold, MergeVillages, RecordGain, RecordJob } from '@ledger/domain';
import { consentBody, ofConsent } from '../../support/household-people.js';
import { type LedgerOfPeople, ledgerOfPeople, type Said } from '../../support/ledger-of-people.js';
import { madeUpPeople } from '../../support/people.js';
import { CODES, type Place } from '../../support/villages-apart.js';
import { isRead, type Operation, operations } from './operations.js';
import { requestOf } from './slots.js';

/** A villager whose grant names his household, one of the same village whose grant names none, and who administers. */
const VILLAGER = 'villager-of-one';
const OF_NONE = 'villager-of-none';
const ADMINISTRATOR = 'administrator';
const CLERK = 'clerk-of-own';

const ofHouseholds = operations.filter(({ path }) => path.startsWith('/api/v1/households/{id}'));
const reads = ofHouseholds.filter(isRead);

let ledger: LedgerOfPeople;
let own: Place;
let grant: string;

beforeAll(async () => {
  ledger = await ledgerOfPeople();
  const { villages } = ledger;
  own = villages.place('own');
  const { village, household, otherHousehold, project } = own;
  const villager = { role: 'VILLAGER', division: village } as const;
  grant = await villages.grant({ account: VILLAGER, ...villager, household });
  await villages.grant({ account: OF_NONE, ...villager });
  await villages.grant({ account: ADMINISTRATOR, role: 'SYS_ADMIN', division: '330603' });
  // The household next door has everything that his has.
  await accepted(`/households/${otherHousehold}/consent`, consentBody());
  await accepted(`/households/${otherHousehold}/personal-data`, ofConsent(madeUpPeople(77)));
  await villages.ask(EnrolHousehold, {
    project,
    household: otherHousehold,
    role: 'GROWER',
    effectiveOn: '2024-03-06',
  });
  for (const [i, id] of [household, otherHousehold].entries()) {
    const job = { project, household: id, kind: 'SEASONAL', effectiveOn: '2024-03-06' };
    for (const n of [1, 2]) await villages.ask(RecordJob, { ...job, worker: `helper-${i}-${n}` });
    await villages.ask(RecordGain, {
      project,
      household: id,
      year: 2024,
      amountFen: 2_000_00 + i,
      method: 'SURVEY',
      population: { of: 'HOUSEHOLD_MEMBERS', count: 3 },
      effectiveOn: '2024-12-20',
    });
  }
  await ledger.project();
});

afterAll(() => ledger.close());

async function accepted(path: string, body: object): Promise<void> {
  const { status, text } = await ledger.ask(CLERK, 'POST', path, body);
  if (status >= 300) throw new Error(text);
}

async function get<B>(by: string, path: string): Promise<B> {
  const { status, text } = await ledger.ask(by, 'GET', path);
  expect([path, status, text]).toEqual([path, 200, text]);
  return JSON.parse(text) as B;
}

interface Rows {
  readonly rows: readonly { readonly household: string | null; readonly village: string }[];
  readonly next: string | null;
}

describe('a villager whose grant names his household', () => {
  it('finds it in his grants, and so does who gives them', async () => {
    const { grants } = await get<{ grants: object[] }>(VILLAGER, '/me');
    expect(grants).toMatchObject([{ grant, role: 'VILLAGER', household: own.household, books: null }]);
    const { rows } = await get<{ rows: { account: string; household: string | null }[] }>(ADMINISTRATOR, '/grants');
    const named = rows.map(({ account, household }) => [account, household]);
    expect(named).toEqual(
      expect.arrayContaining([
        [VILLAGER, own.household],
        [OF_NONE, null],
        [CLERK, null],
      ]),
    );
  });

  it('reads it, to what it agrees, and what it has of projects', async () => {
    const path = `/households/${own.household}`;
    expect(await get(VILLAGER, path)).toMatchObject({ household: { household: own.household, village: own.village } });
    expect(await get(VILLAGER, `${path}/consent`)).toMatchObject({ consents: [{ given: true }], held: [{}] });
    const counts = { enrolments: 2, jobs: 2, gains: 1 };
    for (const [what, count] of Object.entries(counts)) {
      const { rows } = await get<Rows>(VILLAGER, `${path}/${what}`);
      expect([what, rows.length]).toEqual([what, count]);
      for (const { household, village } of rows) expect([household, village]).toEqual([own.household, own.village]);
    }
    expect((await get<Rows>(VILLAGER, `${path}/jobs?asOf=2024-03-05`)).rows).toEqual([]);
    const first = await get<Rows>(VILLAGER, `${path}/jobs?limit=1`);
    const second = await get<Rows>(VILLAGER, `${path}/jobs?limit=1&after=${first.next ?? ''}`);
    expect([...first.rows, ...second.rows]).toEqual((await get<Rows>(VILLAGER, `${path}/jobs`)).rows);
  });

  it('is shown its people masked, and is refused whatever else is done with them', async () => {
    const path = `/households/${own.household}`;
    const { text } = await ledger.ask(VILLAGER, 'GET', `${path}/personal-data`);
    expect(text).toContain('测**');
    for (const plain of Object.values(ledger.villages.person('own'))) expect(text).not.toContain(plain);
    for (const operation of ofHouseholds.filter((each) => !isRead(each))) {
      const { method, path: url, body } = requestOf(operation, VILLAGER, () => own);
      const said = await ledger.ask(VILLAGER, method, url, body);
      expect([operation.id, said.status, codeOf(said)]).toEqual([operation.id, 403, 'ROLE_NOT_ALLOWED']);
    }
  });

  it('is told of the rest of his village what every villager is told', async () => {
    const { village } = own;
    const disclosed = ['households', 'projects', 'enrolments'].map((what) => `/divisions/${village}/${what}`);
    for (const path of [...disclosed, `/villages/${village}/projects`, '/projects']) {
      const [his, others] = [await ledger.ask(VILLAGER, 'GET', path), await ledger.ask(OF_NONE, 'GET', path)];
      expect([path, his.status, his.text]).toEqual([path, 200, others.text]);
    }
    const lists = ['households', 'enrolments', 'jobs', 'gains'].map((what) => `/villages/${village}/${what}`);
    for (const path of [...lists, `/projects/${own.project}/gains`, '/events', '/feed?after=0']) {
      expect([path, (await ledger.ask(VILLAGER, 'GET', path)).status]).toEqual([path, 403]);
    }
  });
});

describe('every other household', () => {
  const absent = randomUUID();

  it.each(reads)('is to him as one that there is not, of his village too: $id', async (operation) => {
    for (const account of [VILLAGER, OF_NONE]) {
      const hidden = account === OF_NONE ? [own.household, ...others()] : others();
      for (const query of await queriesOf(operation)) {
        const ask = (household: string): Promise<Said> => {
          const { method, path } = requestOf(operation, account, () => ({ ...own, household }));
          return ledger.ask(account, method, query === '' ? path : `${path}?${query}`);
        };
        const ofAbsent = told(await ask(absent), absent);
        expect([query, ofAbsent.status]).toEqual([query, 404]);
        for (const id of hidden) expect([account, query, told(await ask(id), id)]).toEqual([account, query, ofAbsent]);
      }
    }
  });

  it('is refused to him for his role in whatever is done with it, before anybody looks for it', async () => {
    const head = await ledger.log.head();
    for (const operation of ofHouseholds.filter((each) => !isRead(each))) {
      const ask = (household: string): Promise<Said> => {
        const { method, path, body } = requestOf(operation, VILLAGER, () => ({ ...own, household }));
        return ledger.ask(VILLAGER, method, path, body);
      };
      const ofAbsent = told(await ask(absent), absent);
      expect([operation.id, ofAbsent.status]).toEqual([operation.id, 403]);
      for (const id of others()) expect([operation.id, told(await ask(id), id)]).toEqual([operation.id, ofAbsent]);
    }
    expect(await ledger.log.head()).toBe(head);
  });

  it('would have been told of, had he been its clerk', async () => {
    for (const operation of reads) {
      const { method, path } = requestOf(operation, CLERK, () => ({ ...own, household: own.otherHousehold }));
      expect([operation.id, (await ledger.ask(CLERK, method, path)).status]).toEqual([operation.id, 200]);
    }
  });

  it('is on record when he asks for it, as for everybody', async () => {
    await ledger.villages.grant({ account: 'auditor', role: 'AUDITOR', division: '330603' });
    const { rows } = await get<{ rows: object[] }>('auditor', `/access-record?account=${VILLAGER}&limit=1000`);
    const hidden = { account: VILLAGER, operation: 'getHouseholdsPersonalData', what: 'not-found' };
    expect(rows).toContainEqual(expect.objectContaining({ ...hidden, code: 'HOUSEHOLD_UNKNOWN' }));
  });
});

describe('who gives grants', () => {
  const villager = { account: 'somebody', role: 'VILLAGER', division: CODES.own, from: '2024-01-01' };
  const ask = (household: string) => ledger.ask(ADMINISTRATOR, 'POST', '/grants', { ...villager, household });

  it('learns by none that he tries where somebody lives', async () => {
    const absent = randomUUID();
    const { status, text } = await ask(absent);
    expect([status, codeOf({ text })]).toEqual([404, 'HOUSEHOLD_UNKNOWN']);
    for (const name of ['neighbour', 'elsewhere', 'otherDistrict'] as const) {
      const id = ledger.villages.place(name).household;
      const said = await ask(id);
      expect([said.status, said.text.replaceAll(id, absent)]).toEqual([status, text]);
    }
  });

  it('gives one for a household of the village', async () => {
    expect((await ask(own.otherHousehold)).status).toBe(201);
    await ledger.project();
    const answer = await get('somebody', `/households/${own.otherHousehold}`);
    expect(answer).toMatchObject({ household: { household: own.otherHousehold } });
    expect((await ledger.ask('somebody', 'GET', `/households/${own.household}`)).status).toBe(404);
  });
});

describe('his household stays his', () => {
  it('when it is dissolved', async () => {
    const { household } = own;
    await ledger.villages.ask(DissolveHousehold, { household, reason: '整户迁出', effectiveOn: '2025-05-01' });
    await ledger.project();
    expect(await statuses(VILLAGER)).toEqual(all(200));
  });

  it('when its village goes into another, whose clerk keeps it from then on', async () => {
    const { elsewhere } = CODES;
    await ledger.villages.ask(MergeVillages, {
      from: [CODES.own],
      to: elsewhere,
      reason: '合并',
      effectiveOn: '2025-06-01',
    });
    await ledger.project();
    expect(await statuses(VILLAGER)).toEqual(all(200));
    expect(await statuses(CLERK)).toEqual(all(404));
    expect(await statuses('clerk-of-elsewhere')).toEqual(all(200));
    expect(await get(VILLAGER, `/households/${own.household}/gains`)).toMatchObject({ rows: [{ village: elsewhere }] });
  });

  it('until his grant is taken back', async () => {
    const said = await ledger.ask(ADMINISTRATOR, 'POST', `/grants/${grant}/revocation`, { reason: '迁出' });
    expect(said.status).toBe(201);
    expect(await statuses(VILLAGER)).toEqual(all(403));
  });
});

const codeOf = ({ text }: Pick<Said, 'text'>): string => (JSON.parse(text) as { code: string }).code;

const named = (text: string, id: string): string => text.replaceAll(id, '<household>');
const told = ({ status, headers, text }: Said, id: string) => {
  const said = ['content-type', 'content-length', 'ledger-position'].map((name) => headers[name]);
  return { status, headers: [...said, ...Object.keys(headers).toSorted()], text: named(text, id) };
};
/** Those of his village and of others. */
const others = (): string[] => [
  own.otherHousehold,
  ...(['neighbour', 'elsewhere', 'otherDistrict'] as const).map((name) => ledger.villages.place(name).household),
];

/** As it is asked for, at other times, and by a cursor of the clerk, who may read it, and of his own. */
async function queriesOf(operation: Operation): Promise<string[]> {
  const times = ['asOf=2024-03-10', 'asOf=2020-01-01', 'knownAt=30', 'knownAt=90'];
  if (!operation.query.some(({ name }) => name === 'after'))
    return operation.query.length === 0 ? [''] : ['', ...times];
  const what = operation.path.slice(operation.path.lastIndexOf('/') + 1);
  const cursors = await Promise.all(
    [own.otherHousehold, own.household].map(async (id) => {
      const { next } = await get<Rows>(CLERK, `/households/${id}/${what}?limit=1`);
      return `limit=1&after=${next ?? ''}`;
    }),
  );
  return ['', ...times, 'limit=1', ...cursors];
}

/** How every read of his household answers. */
const statuses = (by: string): Promise<number[]> =>
  Promise.all(
    reads.map(async (operation) => {
      const { method, path } = requestOf(operation, by, () => own);
      return (await ledger.ask(by, method, path)).status;
    }),
  );

const all = (status: number): number[] => reads.map(() => status);
