import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RefusalCode, refusals } from '@ledger/domain';
import { type IdentityProvider, oidcEnvironment, startIdentityProvider } from '../support/identity-provider.js';
import { logHead } from '../support/log-head.js';
import { type Office, openOffice } from '../support/office.js';
import { type RunningLedger, startLedger } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { type StaffedScene, staffedScene, startStaffed } from '../support/staffed-township.js';
import { VillageBooks } from '../support/village-books.js';
import { cardBody } from './access/places.js';
import { draftScenes } from './refusals/drafts.js';
import { answerIn, type Fault, faults } from './refusals/faults.js';
import { officeScenes } from './refusals/office.js';
import type { Refused, Scene } from './refusals/scene.js';
import { scenes } from './refusals/scenes.js';

const directory = temporaryDirectory();
let ledger: RunningLedger;
let books: VillageBooks;

beforeAll(async () => {
  ledger = await startLedger(directory.path);
  books = new VillageBooks(ledger);
  await books.district();
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

/** That the request is refused with its code, its facts and both sentences, and that nothing is recorded. */
async function refuses(
  code: string,
  scene: Omit<Scene, 'request'>,
  refused: Refused,
  by: RunningLedger,
): Promise<void> {
  const head = await logHead(by);
  const { method = 'POST', path, headers, body } = refused;
  const answer = await {
    GET: () => by.get(path, headers),
    POST: () => by.post(path, body, headers),
    PUT: () => by.put(path, body as Buffer, headers),
  }[method]();

  expect({ status: answer.status, code: answer.body['code'] }).toEqual({ status: scene.status, code });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const facts = refused.facts ?? scene.facts;
  expect(answer.body['facts']).toEqual(facts);
  const entry = refusals[code as RefusalCode] as { zh(facts: object): string; en(facts: object): string };
  const said = answer.body['facts'] as object;
  const { beside = { zh: '', en: '' } } = scene;
  expect(answer.body['messageZh']).toBe(entry.zh(said) + beside.zh);
  expect(answer.body['messageEn']).toBe(entry.en(said) + beside.en);
  const shows = [...scene.shows, ...(refused.shows ?? [])];
  if (Object.keys(facts).length > 0) expect(shows).not.toEqual([]);
  for (const shown of shows) {
    const { zh, en } = typeof shown === 'string' ? { zh: shown, en: shown } : shown;
    expect(answer.body['messageZh']).toContain(zh);
    expect(answer.body['messageEn']).toContain(en);
  }
  const { messageZh: zh, messageEn: en } = answer.body;
  if (scene.sentences !== undefined) expect({ zh, en }).toEqual(scene.sentences);
  if (scene.field !== undefined) expect(answer.body['field']).toBe(scene.field);
  expect(await logHead(by)).toBe(head);
}

describe('refusals over HTTP', () => {
  it.each(Object.entries(scenes))('%s is said with its numbers, and leaves no trace', async (code, scene) => {
    await refuses(code, scene, await scene.request(books, ledger), ledger);
  });

  it.each(Object.entries<Fault>(faults))('%s is said when something is wrong behind the doors', async (code, fault) => {
    const { response, head } = await answerIn(fault);
    const body = (await response.json()) as Record<string, unknown>;

    expect({ status: response.status, code: body['code'] }).toEqual({ status: fault.status, code });
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(response.headers.get('retry-after')).toBe(
      fault.retryAfter === undefined ? (fault.status === 503 ? '1' : null) : String(fault.retryAfter),
    );
    expect(body['facts']).toEqual(fault.facts);
    for (const shown of fault.shows) {
      expect(body['messageZh']).toContain(shown);
      expect(body['messageEn']).toContain(shown);
    }
    expect(head).toBe(1);
  });

  it('has a scene for every code of the catalogue', () => {
    const all = [scenes, officeScenes, draftScenes, faults].flatMap((each) => Object.keys(each));
    expect(all.toSorted()).toEqual(Object.keys(refusals).toSorted());
  });
});

describe('refusals where there are accounts', () => {
  const ofOffice = temporaryDirectory();
  let office: Office;
  let provider: IdentityProvider;

  beforeAll(async () => {
    provider = await startIdentityProvider();
    office = await openOffice(ofOffice.path, oidcEnvironment(provider));
  });

  afterAll(async () => {
    await office.ledger.stop();
    await provider.close();
    ofOffice.remove();
  });

  it.each(Object.entries(officeScenes))('%s is said with its numbers, and leaves no trace', async (code, scene) => {
    await refuses(code, scene, await scene.request(office, provider), office.ledger);
  });
});

describe('refusals where people submit and sign', () => {
  const ofPeople = temporaryDirectory();
  let people: StaffedScene;
  let township: RunningLedger;

  beforeAll(async () => {
    people = await staffedScene(ofPeople.path, async (office, { own }) => {
      // There is no cash to pay the card from, so its posting is refused.
      const card = cardBody() as { acquisition: object };
      const acquisition = { ...card.acquisition, settlement: { account: '101' } };
      await office.accepted(`/books/${own.id}/assets`, { ...card, acquisition });
      await office.until<{ rows: { status: string }[] }>(`/books/${own.id}/asset-postings`, ({ rows }) =>
        rows.some(({ status }) => status === 'REFUSED'),
      );
      return undefined;
    });
    township = await startStaffed(ofPeople.path);
  });

  afterAll(async () => {
    await township.stop();
    ofPeople.remove();
  });

  it.each(Object.entries(draftScenes))('%s is said with its numbers, and leaves no trace', async (code, scene) => {
    await refuses(code, scene, await scene.request(township, people), township);
  });
});
