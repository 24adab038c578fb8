import { post, type Scene } from './scene.js';

const source = { document: '2024年统计公报', line: '表3' };
const reading = (more: object = {}) => ({
  value: 3_000_000_00,
  unit: 'fen',
  qualifier: 'over',
  asOf: '2024',
  source,
  ...more,
});
const ratio = (more: object) => reading({ value: 15_600, unit: 'basisPoints', qualifier: 'exact', ...more });
/** Each scene has a measure of its own, as they all play in one district. */
const readingsOf = (measure: string): string => `/indicators/330603/${measure}/readings`;
const nobody = '00000000-0000-8000-8000-000000000000';

export const indicatorsScenes: Readonly<Record<string, Scene>> = {
  MEASURE_UNKNOWN: {
    status: 404,
    facts: { measure: 'happiness' },
    shows: ['happiness', '/indicators/measures'],
    field: 'measure',
    request: async () => post(readingsOf('happiness'), reading()),
  },
  UNIT_MISMATCH: {
    status: 422,
    facts: { measure: 'collectiveTotalIncome', unit: 'persons', expected: 'fen' },
    shows: ['collectiveTotalIncome', 'persons', 'fen'],
    field: 'unit',
    sentences: {
      zh: '指标村级集体经济总收入(collectiveTotalIncome)的单位是fen(分),不是persons(人)。请换算为fen(分)的整数后填报。',
      en: 'The unit of collectiveTotalIncome (Total collective income of a year) is fen, not persons. Convert the value to whole fen and send it again.',
    },
    request: async () => post(readingsOf('collectiveTotalIncome'), reading({ unit: 'persons' })),
  },
  MEASURE_WITHOUT_PARTS: {
    status: 422,
    facts: { measure: 'collectiveAssets' },
    shows: ['collectiveAssets', 'parts'],
    field: 'parts',
    request: async () => post(readingsOf('collectiveAssets'), reading({ parts: { numerator: 1, denominator: 2 } })),
  },
  RATIO_INCONSISTENT: {
    status: 422,
    facts: {
      measure: 'urbanRuralIncomeRatio',
      value: 15_600,
      qualifier: 'exact',
      numerator: 9_500_000,
      denominator: 5_870_000,
      ratioBasisPoints: 16_184,
    },
    shows: ['1.5600', '1.6184', '9500000', '5870000'],
    field: 'value',
    request: async () =>
      post(readingsOf('urbanRuralIncomeRatio'), ratio({ parts: { numerator: 9_500_000, denominator: 5_870_000 } })),
  },
  DUPLICATE_READING: {
    status: 422,
    facts: {},
    shows: ['2024', 'perCapitaGain'],
    field: 'source',
    request: async (books) => {
      const { facts } = await books.accepted(readingsOf('perCapitaGain'), reading());
      const first = facts[0]?.id ?? '';
      return post(readingsOf('perCapitaGain'), reading({ value: 1 }), {
        facts: { measure: 'perCapitaGain', asOf: '2024', ...source, reading: first },
        shows: [first],
      });
    },
  },
  READING_UNKNOWN: {
    status: 404,
    facts: { reading: nobody },
    shows: [nobody],
    field: 'corrects',
    request: async () => post(readingsOf('collectiveIncomeAdded'), reading({ corrects: nobody })),
  },
  READING_CORRECTED: {
    status: 422,
    facts: {},
    shows: [],
    field: 'corrects',
    request: async (books) => {
      const path = readingsOf('monthlyGainPerWorker');
      const first = (await books.accepted(path, reading())).facts[0]?.id ?? '';
      const second = (await books.accepted(path, reading({ value: 2, corrects: first }))).facts[0]?.id ?? '';
      return post(path, reading({ value: 3, corrects: first }), {
        facts: { reading: first, correctedBy: second },
        shows: [first, second],
      });
    },
  },
};
