import { MONTHLY, QUARTERLY, QUARTER_ENDS, onceIn } from '../../books/seasons.js';
import type { Village } from '../village.js';

export const xinglian: Village = {
  key: 'xinglian',
  code: '330603004201',
  name: '兴联村',
  creditCode: 'N2330603MF0000080K',
  incomes: [
    {
      key: 'plants',
      account: '50102',
      yearYuan: 2_680_000,
      season: QUARTERLY,
      day: 7,
      summary: '小微园厂房租金',
      settlement: '112',
      party: 'tenant-xl-01',
      contract: 'lease-xl-01',
    },
    { key: 'property', account: '50104', yearYuan: 460_000, season: MONTHLY, day: 16, summary: '园区物业与停车服务费' },
    {
      key: 'shares',
      account: '50201',
      yearYuan: 360_000,
      season: onceIn(6),
      day: 24,
      summary: '入股企业分红',
      party: 'investee-hutang-01',
    },
    { key: 'running', account: '50301', yearYuan: 130_000, season: QUARTER_ENDS, day: 25, summary: '村级运转补助' },
    { key: 'interest', account: '504', yearYuan: 15_680, season: QUARTER_ENDS, day: 21, summary: '存款利息' },
  ],
  spends: {
    payMonthYuan: 60_000,
    officeYuan: 92_000,
    operatingYuan: 580_000,
    welfareYuan: 466_000,
    depreciationMonthYuan: 61_000,
  },
  opening: {
    bankYuan: 4_050_000,
    receivableYuan: 260_000,
    accumulatedDepreciationYuan: 6_800_000,
    payableYuan: 240_000,
    reserveYuan: 11_400_000,
    undistributedYuan: 610_000,
  },
  assetsYuan: 38_700_000,
};
