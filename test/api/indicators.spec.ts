import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { measures, type Qualifier } from '@ledger/domain';
import { type RunningLedger, startLedger } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { VillageBooks } from '../support/village-books.js';

interface Reading {
  readonly reading: string;
  readonly asOf: string;
  readonly value: number;
  readonly qualifier: string;
}

interface Compared {
  readonly published: Reading;
  readonly ledger: { value: number; villages: number; villagesWithBook: number; parts: object | null } | null;
  readonly difference: number | null;
  readonly holds: boolean | null;
  readonly rule: { qualifier: string; ruleZh: string; ruleEn: string; fromBasisPoints: number };
}

interface Page<R> {
  readonly rows: R[];
  readonly next: string | null;
}

const directory = temporaryDirectory();
const TOWNSHIP = '330603008';
let ledger: RunningLedger;
let books: VillageBooks;
let village: string;
let book: string;
let lines = 0;

beforeAll(async () => {
  ledger = await startLedger(directory.path);
  books = new VillageBooks(ledger);
  await books.district();
  // 7,000.00 yuan of rent in 2024, 1,000.00 of other income; a neighbour without a book.
  ({ village, id: book } = await books.book());
  await books.income(book, '2024-01-20', 4_000_00);
  await books.income(book, '2024-11-20', 3_000_00);
  await books.income(book, '2024-12-01', 1_000_00, { account: '504' });
  await books.accepted('/divisions', { code: `${TOWNSHIP}901`, name: '无账村', effectiveOn: '2020-01-01' });
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

/** A figure from a line of its own. */
const report = (scope: string, measure: string, value: number, more: object = {}) =>
  books.accepted(`/indicators/${scope}/${measure}/readings`, {
    value,
    unit: measures.get(measure)?.unit,
    qualifier: 'exact',
    asOf: '2024',
    source: { document: '示例年报', line: String(++lines) },
    ...more,
  });
const idOf = ({ facts }: { facts: { id: string }[] }): string => facts[0]?.id ?? '';

async function read<R>(path: string, knownAt?: number): Promise<Page<R> & Record<string, unknown>> {
  const known = knownAt === undefined ? '' : `knownAt=${knownAt}`;
  const least = String((await ledger.get<{ head: number }>('/health/ready')).body.head);
  const { status, body, text } = await ledger.get<Page<R> & Record<string, unknown>>(
    `${path}${path.includes('?') ? '&' : '?'}${known}`,
    { 'ledger-min-position': least },
  );
  if (status !== 200) throw new Error(text);
  return body;
}
const values = async (path: string, knownAt?: number) => (await read<Reading>(path, knownAt)).rows.map((r) => r.value);
const compared = async (scope: string, measure: string, times = '', knownAt?: number) =>
  (await read<Compared>(`/indicators/${scope}/${measure}/comparison${times}`, knownAt)).rows;

const codeOf = async (path: string) => (await ledger.get(path)).body['code'];

describe('published figures', () => {
  it('of two years live side by side, each from its day on', async () => {
    const of = `/indicators?scope=${village}&measure=villagerIncomePerCapita`;
    const { position: first } = await report(village, 'villagerIncomePerCapita', 60_000_00, {
      asOf: '2023',
      qualifier: 'over',
      source: { document: '2023年公报', line: '3', quote: '人均年收入超6万元' },
    });
    await report(village, 'villagerIncomePerCapita', 65_000_00, { qualifier: 'over' });
    expect(await values(of)).toEqual([60_000_00, 65_000_00]);
    expect(await values(`${of}&asOf=2024-12-30`)).toEqual([60_000_00]);
    expect(await values(`${of}&asOf=2023-12-30`)).toEqual([]);
    expect(await values(of, first)).toEqual([60_000_00]);
    const { rows } = await read<Reading>(`${of}&asOf=2023-12-31`);
    expect(rows).toEqual([
      {
        reading: expect.any(String),
        scope: village,
        measure: 'villagerIncomePerCapita',
        asOf: '2023',
        day: '2023-12-31',
        value: 60_000_00,
        unit: 'fen',
        qualifier: 'over',
        source: { document: '2023年公报', line: '3', quote: '人均年收入超6万元' },
        parts: null,
        corrects: null,
        position: first,
        origin: null,
      },
    ]);
  });

  it('give way to the one that corrects them, once that is known, whatever day it is about', async () => {
    const of = `/indicators?scope=${village}&measure=visitors`;
    const wrong = await report(village, 'visitors', 20_000, { asOf: '2024-02-10' });
    const { position } = await report(village, 'visitors', 25_000, { asOf: '2024-02-17', corrects: idOf(wrong) });
    expect(await values(of)).toEqual([25_000]);
    expect(await values(of, position - 1)).toEqual([20_000]);
    expect(await values(`${of}&asOf=2024-02-12`)).toEqual([]);
    expect(await values(`${of}&asOf=2024-02-12`, position - 1)).toEqual([20_000]);
  });

  it('of the city stand beside those of the district', async () => {
    await report('330600', 'workshops', 910);
    await report('330603', 'workshops', 45);
    expect(await values('/indicators?measure=workshops')).toEqual([910, 45]);
    expect(await values('/indicators?measure=workshops&scope=330600')).toEqual([910]);
    expect(await compared('330600', 'workshops')).toMatchObject([{ ledger: null, difference: null, holds: null }]);
  });

  it('are listed whole in pages, in the order of recording', async () => {
    for (let edition = 1; edition <= 4; edition++) await report('330603', 'contestEditions', edition);
    const of = '/indicators?scope=330603&measure=contestEditions';
    const found: number[] = [];
    let after = '';
    for (let pages = 0; pages < 5; pages++) {
      const { rows, next } = await read<Reading>(`${of}&limit=2${after}`);
      found.push(...rows.map(({ value }) => value));
      if (next === null) break;
      after = `&after=${next}`;
    }
    expect(found).toEqual([1, 2, 3, 4]);
    expect((await read<Reading>(`${of}&limit=5`)).next).toBeNull();
  });

  it('are refused for a scope or a measure that is none', async () => {
    expect(await codeOf('/indicators?measure=happiness')).toBe('MEASURE_UNKNOWN');
    expect(await codeOf('/indicators?scope=990603')).toBe('DIVISION_CODE_INVALID');
    expect(await codeOf('/indicators/330603/happiness/comparison')).toBe('MEASURE_UNKNOWN');
    expect(await codeOf('/indicators/none/workshops/comparison')).toBe('DIVISION_CODE_INVALID');
    expect(await codeOf('/indicators/330603/workshops/comparison?limit=51')).toBe('INPUT_INVALID');
  });
});

describe('a comparison', () => {
  // The ledger has 8,000.00 yuan of total income.
  const claims: readonly [Qualifier, number, boolean][] = [
    ['over', 7_999_99, true],
    ['over', 8_000_00, false],
    ['nearly', 8_000_01, true],
    ['nearly', 8_421_05, true],
    ['nearly', 8_421_06, false],
    ['nearly', 8_000_00, false],
    ['exact', 8_000_00, true],
    ['exact', 8_000_01, false],
    ['about', 7_619_05, true],
    ['about', 7_619_04, false],
    ['about', 8_421_05, true],
    ['about', 8_421_06, false],
    ['atLeast', 8_000_00, true],
    ['atLeast', 8_000_01, false],
  ];

  it('says of every qualifier whether it holds, up to the fen', async () => {
    for (const [qualifier, value] of claims) await report(village, 'collectiveTotalIncome', value, { qualifier });
    const rows = await compared(village, 'collectiveTotalIncome');
    expect(rows.map(({ published, holds }) => [published.qualifier, published.value, holds])).toEqual(claims);
    for (const { published, ledger: figure, difference, rule } of rows) {
      expect(figure?.value).toBe(8_000_00);
      expect(difference).toBe(8_000_00 - published.value);
      expect(rule.qualifier).toBe(published.qualifier);
      expect(rule.ruleZh).toMatch(/公布数/);
    }
  });

  it('takes the books of the day that the figure is about, as known at the moment', async () => {
    const { position } = await report(village, 'collectiveOperatingIncome', 4_000_00, { asOf: '2024-06-30' });
    await report(village, 'collectiveOperatingIncome', 7_000_00);
    await books.income(book, '2024-06-20', 500_00);
    const figures = async (times?: string, knownAt?: number) =>
      (await compared(village, 'collectiveOperatingIncome', times, knownAt)).map((row) => [
        row.ledger?.value,
        row.difference,
        row.holds,
      ]);
    expect(await figures()).toEqual([
      [4_500_00, 500_00, false],
      [7_500_00, 500_00, false],
    ]);
    expect(await figures('', position + 1)).toEqual([
      [4_000_00, 0, true],
      [7_000_00, 0, true],
    ]);
    expect(await figures('?asOf=2024-12-30', position + 1)).toEqual([[4_000_00, 0, true]]);
    expect(await figures('', position)).toEqual([[4_000_00, 0, true]]);
  });

  it('averages over all villages, also those without a book', async () => {
    await report(TOWNSHIP, 'avgOperatingIncomePerVillage', 3_750_00);
    const [row] = await compared(TOWNSHIP, 'avgOperatingIncomePerVillage');
    expect(row).toMatchObject({
      ledger: {
        value: 3_750_00,
        villages: 2,
        villagesWithBook: 1,
        parts: { numerator: 7_500_00, denominator: 2 },
      },
      difference: 0,
      holds: true,
    });
  });

  it('counts villages and households on the day', async () => {
    await report('330603', 'villages', 2);
    await report('330603', 'registeredHouseholds', 1, { qualifier: 'atLeast', asOf: '2024-05-31' });
    expect(await compared('330603', 'villages')).toMatchObject([{ ledger: { value: 2 }, holds: true }]);
    expect(await compared('330603', 'registeredHouseholds')).toMatchObject([{ ledger: { value: 0 }, holds: false }]);
    await books.accepted('/households', { village, effectiveOn: '2024-05-31' });
    await books.accepted('/households', { village, effectiveOn: '2024-06-01' });
    expect(await compared('330603', 'registeredHouseholds')).toMatchObject([
      { ledger: { value: 1 }, difference: 0, holds: true },
    ]);
  });

  it('has nothing to say where the ledger cannot know: no book yet, no way to compute it', async () => {
    await report(village, 'collectiveTotalIncome', 310_000_00, { asOf: '2003', qualifier: 'over' });
    const rows = await compared(village, 'collectiveTotalIncome', '?asOf=2003-12-31');
    expect(rows).toMatchObject([{ ledger: null, difference: null, holds: null, rule: { qualifier: 'over' } }]);
    await report(village, 'area', 800_000, { qualifier: 'nearly' });
    expect(await compared(village, 'area')).toMatchObject([{ ledger: null, difference: null, holds: null }]);
  });

  it('comes in pages', async () => {
    const of = `/indicators/${village}/collectiveTotalIncome/comparison?asOf=2024-12-31`;
    const first = await read<Compared>(`${of}&limit=10`);
    const second = await read<Compared>(`${of}&limit=10&after=${first.next}`);
    expect([first.rows.length, second.rows.length, second.next]).toEqual([10, 5, null]);
  });
});

describe('the list of measures', () => {
  it('says unit, names and how the ledger computes each, and what qualifiers claim', async () => {
    const { status, body } = await ledger.get<{ rows: object[]; qualifiers: { qualifier: string }[] }>(
      '/indicators/measures',
    );
    expect(status).toBe(200);
    expect(body.rows).toHaveLength(measures.size);
    expect(body.rows).toContainEqual({
      code: 'urbanRuralIncomeRatio',
      nameZh: '城乡收入倍差',
      nameEn: 'Urban to rural disposable income',
      unit: 'basisPoints',
      unitZh: '万分之一',
      ledger: null,
      ratio: {
        numerator: 'urbanDisposableIncomePerCapita',
        denominator: 'ruralDisposableIncomePerCapita',
        stepBasisPoints: 100,
      },
    });
    const claimed = body.qualifiers.map(({ qualifier }) => qualifier);
    expect(claimed).toEqual(['over', 'nearly', 'exact', 'about', 'atLeast']);
  });

  it('can be cut to a unit, and has no times', async () => {
    const { body } = await ledger.get<{ rows: { code: string }[] }>('/indicators/measures?unit=grams');
    expect(body.rows.map(({ code }) => code)).toEqual(['productSold']);
    for (const query of ['asOf=2024-01-01', 'knownAt=1', 'unit=miles']) {
      expect((await ledger.get(`/indicators/measures?${query}`)).status).toBe(400);
    }
  });
});
