import { areaUnits, assetCategories, assetClasses, assetSources, disposalKinds, useStatuses } from '@ledger/domain';
import type { Schema } from '../openapi/schema.js';
import { count, fen, list, object } from './schemas.js';

/** The shapes of answers about assets. */

const text: Schema = { type: 'string' };
const day: Schema = { type: 'string', format: 'date' };
const oneOf = (values: object): Schema => ({ type: 'string', enum: Object.keys(values) });

const worth = {
  costFen: { ...fen, description: '原值,已处置的为零,单位分 · cost in fen, zero once disposed of' },
  accumulatedDepreciationFen: {
    ...fen,
    description:
      '按卡片截至上一个完整月份的累计折旧 · depreciation by the card, to the end of the last month that was over',
  },
  netFen: fen,
};

const schedule = object({ after: text, accumulatedFen: fen, spreadFen: fen, months: count });

const OPTIONAL = [
  'specification',
  'area',
  'location',
  'boundaries',
  'certificate',
  'custodian',
  'inServiceOn',
  'method',
  'depreciationAccount',
  'idleSince',
  'activatedFor',
  'value',
  'opening',
  'disposed',
  'origin',
];

export const assetRow = object(
  {
    asset: text,
    book: text,
    village: text,
    name: text,
    class: oneOf(assetClasses),
    category: oneOf(assetCategories),
    specification: text,
    area: object({ quantity: count, unit: oneOf(areaUnits) }),
    location: text,
    boundaries: object({ east: text, south: text, west: text, north: text }),
    certificate: text,
    source: oneOf(assetSources),
    custodian: text,
    useStatus: oneOf(useStatuses),
    registeredOn: day,
    inServiceOn: day,
    method: text,
    depreciationAccount: text,
    idleSince: day,
    activatedFor: text,
    value: object({ costFen: fen, residualFen: fen, inService: text, lifeMonths: count, schedule }, ['lifeMonths']),
    opening: object({ period: text, costFen: fen, accumulatedDepreciationFen: fen }),
    disposed: object({
      on: day,
      kind: oneOf(disposalKinds),
      costFen: fen,
      accumulatedDepreciationFen: fen,
      proceedsFen: fen,
      gainFen: fen,
    }),
    origin: text,
    ...worth,
    validFrom: day,
    position: count,
  },
  OPTIONAL,
);

export const assetTotal = object({
  village: text,
  class: oneOf(assetClasses),
  useStatus: oneOf(useStatuses),
  count,
  areaSquareMetres: count,
  areaMuHundredths: { ...count, description: '0.01亩 · hundredths of a mu' },
  ...worth,
});

export const next: Schema = {
  type: ['string', 'null'],
  description: '下一页的游标,没有更多时为空 · the cursor for what comes after; null when this is all',
};

const compared = object({
  cardFen: { ...fen, description: '按卡片 · by the cards' },
  booksFen: { ...fen, description: '按账簿 · by the books' },
  differenceFen: { ...fen, description: '账簿减卡片,一致时为零 · books less cards, zero when they agree' },
});

export const comparisonTotal = object({ cost: compared, depreciation: compared, disposal: compared });

const orNull: Schema = { type: ['string', 'null'] };

export const comparisonRows = list(
  object({
    asset: { ...orNull, description: '空为没有卡片说明的期初余额 · null for opening balances that no card explains' },
    name: orNull,
    cost: compared,
    depreciation: compared,
    disposal: compared,
  }),
);

export const assetPostingRow = object(
  {
    asset: text,
    askedBy: { ...text, description: '提出入账的事项 · the fact that asked' },
    type: text,
    summary: text,
    totalFen: fen,
    status: { type: 'string', enum: ['WAITING', 'POSTED', 'REFUSED'] },
    code: { ...text, description: '被拒绝的原因代码 · why it was refused' },
    period: text,
    voucherNo: count,
    effectiveOn: day,
    position: count,
  },
  ['code', 'period', 'voucherNo'],
);
