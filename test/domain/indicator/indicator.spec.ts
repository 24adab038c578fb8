import { describe, expect, it } from '@jest/globals';
import {
  decideIndicator,
  emptyIndicator,
  evolveIndicator,
  type FactDraft,
  type Indicator,
  indicatorStream,
  measures,
  ReportIndicator,
  measureUnits,
} from '@ledger/domain';
import { treeWith } from '../../support/division-trees.js';
import { factOf, refuses } from '../../support/given-ledger-year.js';

const today = '2025-01-10';
const DISTRICT = '330603000000';
const divisions = treeWith(
  { code: DISTRICT, name: '柯桥区', from: '2024-01-02' },
  { code: '330603008201', name: '谢家坞村', from: '2024-01-02' },
);
const source = { document: '2024年统计公报', line: '表3' };
const report = (said: Partial<ReportIndicator> = {}): ReportIndicator =>
  Object.assign(new ReportIndicator(), {
    scope: '330603',
    measure: 'collectiveOperatingIncome',
    value: 82_800_000_000,
    unit: 'fen',
    qualifier: 'over',
    asOf: '2024',
    source,
    ...said,
  });
const ratio = (said: Partial<ReportIndicator> = {}): ReportIndicator =>
  report({ measure: 'urbanRuralIncomeRatio', value: 15_600, unit: 'basisPoints', qualifier: 'exact', ...said });
const decide = (command: ReportIndicator, indicator: Indicator = emptyIndicator(), demo = false) =>
  decideIndicator(command, indicator, { today, demo, divisions });
const STREAM = indicatorStream(DISTRICT, 'collectiveOperatingIncome');
/** Ids of facts are made up from the stream and the revision here. */
const reading = (revision: number): string => `fact-${STREAM}-${revision}`;
const after = (...facts: FactDraft[]): Indicator =>
  facts.map((fact, revision) => factOf(fact, STREAM, revision)).reduce(evolveIndicator, emptyIndicator());
const reported = (said: Partial<ReportIndicator> = {}) => after(...decide(report(said)));

describe('reporting a published figure', () => {
  it('records it as it was published, on the last day of its year', () => {
    expect(decide(report({ source: { ...source, quote: '经营性收入超8.28亿元' } }))).toStrictEqual([
      {
        type: 'IndicatorReported',
        version: 1,
        division: DISTRICT,
        effectiveOn: '2024-12-31',
        data: {
          scope: DISTRICT,
          measure: 'collectiveOperatingIncome',
          value: 82_800_000_000,
          unit: 'fen',
          qualifier: 'over',
          asOf: '2024',
          source: { ...source, quote: '经营性收入超8.28亿元' },
        },
      },
    ]);
  });

  it('stands on its day when it is about one, also before the village was registered', () => {
    const [fact] = decide(report({ scope: '330603008201', asOf: '2003-06-30' }));
    expect([fact?.division, fact?.effectiveOn]).toEqual(['330603008201', '2003-06-30']);
  });

  it('takes the figures of the city and the province, which no tree holds', () => {
    expect(decide(report({ scope: '330600' }))[0]?.division).toBe('330600000000');
    expect(decide(report({ scope: '330000000000' }))[0]?.division).toBe('330000000000');
  });

  it('lets two years of one measure live side by side, and two documents of one year', () => {
    const indicator = reported();
    expect(decide(report({ asOf: '2023' }), indicator)).toHaveLength(1);
    expect(decide(report({ source: { ...source, document: '2024年工作总结' } }), indicator)).toHaveLength(1);
    expect(decide(report({ source: { ...source, line: '表4' } }), indicator)).toHaveLength(1);
  });

  it('refuses the same line again, whatever it says the second time, and a day for its year', () => {
    const facts = { measure: 'collectiveOperatingIncome', asOf: '2024', ...source, reading: reading(0) };
    refuses(() => decide(report({ value: 1 }), reported()), 'DUPLICATE_READING', facts, 'source');
    refuses(() => decide(report({ asOf: '2024-12-31' }), reported()), 'DUPLICATE_READING', facts);
  });

  it('refuses scopes that are none, or not in the tree', () => {
    for (const scope of ['3306', '990603', '柯桥区', '330600001', '33060000']) {
      refuses(() => decide(report({ scope })), 'DIVISION_CODE_INVALID', { code: scope }, 'scope');
    }
    refuses(() => decide(report({ scope: '330603009' })), 'DIVISION_UNKNOWN', { code: '330603009000' }, 'scope');
  });

  it('refuses measures that are not in the table, and other units', () => {
    refuses(() => decide(report({ measure: 'happiness' })), 'MEASURE_UNKNOWN', { measure: 'happiness' }, 'measure');
    refuses(() => decide(report({ measure: 'toString' })), 'MEASURE_UNKNOWN', { measure: 'toString' });
    refuses(
      () => decide(report({ unit: 'persons' })),
      'UNIT_MISMATCH',
      { measure: 'collectiveOperatingIncome', unit: 'persons', expected: 'fen' },
      'unit',
    );
  });

  it('refuses the future: a day, or a year that has not ended', () => {
    refuses(() => decide(report({ asOf: '2025-01-11' })), 'DATE_IN_FUTURE', { date: '2025-01-11', today }, 'asOf');
    refuses(() => decide(report({ asOf: '2025' })), 'DATE_IN_FUTURE', { date: '2025-12-31', today }, 'asOf');
  });

  it.each(['document', 'line', 'quote'])('refuses personal data in the %s', (field) => {
    const said = { source: { ...source, [field]: '联系人13800138000' } };
    refuses(() => decide(report(said)), 'PERSONAL_DATA_IN_TEXT', { kind: 'mobile' }, `source.${field}`);
  });

  it('refuses origins outside a demo', () => {
    refuses(() => decide(report({ origin: 'SEED' })), 'ORIGIN_ONLY_IN_DEMO', { origin: 'SEED' }, 'origin');
    expect(decide(report({ origin: 'SEED' }), emptyIndicator(), true)[0]?.data.origin).toBe('SEED');
  });
});

const times = (value: number) =>
  ratio({
    measure: 'operatingIncomeMultiple',
    value,
    qualifier: 'over',
    parts: { numerator: 69_200_000_000, denominator: 3_100_000_000 },
  });

describe('reporting a ratio', () => {
  it('is believed without its parts, and keeps them when they are sent and fit', () => {
    expect(decide(ratio())[0]?.data).not.toHaveProperty('parts');
    const parts = { numerator: 9_160_000, denominator: 5_870_000 };
    expect(decide(ratio({ parts }))[0]?.data.parts).toStrictEqual(parts);
  });

  it('is refused when its parts give another one', () =>
    refuses(
      () => decide(ratio({ parts: { numerator: 9_500_000, denominator: 5_870_000 } })),
      'RATIO_INCONSISTENT',
      {
        measure: 'urbanRuralIncomeRatio',
        value: 15_600,
        qualifier: 'exact',
        numerator: 9_500_000,
        denominator: 5_870_000,
        ratioBasisPoints: 16_184,
      },
      'value',
    ));

  it('reads its qualifier: twenty-two times is over twenty', () => {
    expect(decide(times(200_000))).toHaveLength(1);
    refuses(() => decide(times(230_000)), 'RATIO_INCONSISTENT', {
      measure: 'operatingIncomeMultiple',
      value: 230_000,
      qualifier: 'over',
      numerator: 69_200_000_000,
      denominator: 3_100_000_000,
      ratioBasisPoints: 223_226,
    });
  });

  it('refuses parts of what is no ratio', () =>
    refuses(
      () => decide(report({ parts: { numerator: 1, denominator: 2 } })),
      'MEASURE_WITHOUT_PARTS',
      { measure: 'collectiveOperatingIncome' },
      'parts',
    ));
});

const corrected = () =>
  after(...decide(report()), ...decide(report({ corrects: reading(0), value: 82_700_000_000 }), reported()));

describe('correcting a reading', () => {
  it('names it, and may be from the same line', () => {
    const [fact] = decide(report({ corrects: reading(0), value: 82_700_000_000 }), reported());
    expect(fact?.data).toMatchObject({ value: 82_700_000_000, corrects: reading(0), source });
  });

  it('may be of another date: the earlier one was about the wrong year', () =>
    expect(decide(report({ corrects: reading(0), asOf: '2023' }), reported())[0]?.effectiveOn).toBe('2023-12-31'));

  it('refuses a reading that is not there, or corrected already', () => {
    refuses(
      () => decide(report({ corrects: reading(7) }), reported()),
      'READING_UNKNOWN',
      { reading: reading(7) },
      'corrects',
    );
    refuses(
      () => decide(report({ corrects: reading(0), value: 1 }), corrected()),
      'READING_CORRECTED',
      { reading: reading(0), correctedBy: reading(1) },
      'corrects',
    );
    expect(decide(report({ corrects: reading(1), value: 1 }), corrected())).toHaveLength(1);
  });

  it('leaves the line taken by the corrected reading', () =>
    refuses(() => decide(report({ value: 1 }), corrected()), 'DUPLICATE_READING', {
      measure: 'collectiveOperatingIncome',
      asOf: '2024',
      ...source,
      reading: reading(1),
    }));
});

describe('the measures', () => {
  it('have codes that fit into a path, names, and a unit of the table', () => {
    expect(measures.size).toBeGreaterThan(30);
    for (const [code, measure] of measures) {
      expect(code).toMatch(/^[a-z][A-Za-z]{1,40}$/);
      expect(measure.code).toBe(code);
      expect(measure.nameZh).toMatch(/\p{Script=Han}/u);
      expect(measure.nameEn).toMatch(/^[A-Z]/);
      expect(Object.keys(measureUnits)).toContain(measure.unit);
    }
  });

  it('have ratios in basis points, of measures in one unit', () => {
    const ratios = [...measures.values()].flatMap(({ unit, ratio: of }) => (of === undefined ? [] : [{ unit, of }]));
    expect(ratios).toHaveLength(4);
    for (const { unit, of } of ratios) {
      expect(unit).toBe('basisPoints');
      const parts = [of.numerator, of.denominator].map((code) => measures.get(code)?.unit);
      expect(parts[0]).toBeDefined();
      expect(parts[0]).toBe(parts[1]);
    }
  });

  it('are named no two the same', () => {
    const names = [...measures.values()].map(({ nameZh }) => nameZh);
    expect(new Set(names).size).toBe(names.length);
  });
});
