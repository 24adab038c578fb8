import {
  ActivateAsset,
  ChangeAssetUse,
  type Command,
  DisposeAsset,
  ImproveAsset,
  MarkAssetIdle,
  RegisterAsset,
} from '@ledger/domain';
import { asked, demoProjectId } from '../recording/asked.js';
import { atOffice, deskDayAfter } from '../recording/office-days.js';
import { OPENING_CARDS, OTHER_CARD } from './opening-assets.js';
import { bookOfVillage } from '../county/registers.js';
import { drawn } from '../books/seasons.js';
import type { Step } from '../recording/step.js';
import type { Village } from '../county/village.js';

const SIGNED = { preparedBy: 'accountant-3', reviewedBy: 'reviewer-1' };
const LATE_AFTERNOON = 360;
const ORIGIN = { origin: 'SYNTHETIC' } as const;

/** What is bought, built on, left idle, used again and sold, here and there in the district. */
export function assetEvents(villages: readonly Village[]): Step[] {
  return villages.flatMap((village) => {
    if (village.key === 'wanghua') return idleSchool(village);
    if (village.plain === undefined) return [];
    if (drawn(`${village.key} machine`, 14) === 0) return machine(village);
    if (drawn(`${village.key} roof`, 22) === 0) return [roof(village)];
    return drawn(`${village.key} idle`, 12) === 0 ? idleHouse(village) : [];
  });
}

/** The school that the village leaves to a homestay: idle until the project begins. */
function idleSchool(village: Village): Step[] {
  const asset = cardOf(village, OTHER_CARD);
  const idle = asked(MarkAssetIdle, `${village.key}/idle`, {
    asset,
    since: '2022-01-01',
    reason: '学校撤并后校舍空置',
    effectiveOn: '2022-03-10',
    ...ORIGIN,
  });
  const project = demoProjectId('idle-activation');
  const again = asked(ActivateAsset, `${village.key}/activate`, {
    asset,
    project,
    effectiveOn: '2022-09-20',
    ...ORIGIN,
  });
  return [step('2022-03-10', idle), step('2022-09-20', again)];
}

/** A machine is bought; in some villages it is sold again when it has served. */
function machine(village: Village): Step[] {
  const { key } = village;
  const costFen = (48_000 + drawn(`${key} price`, 60) * 1_000) * 100;
  const boughtOn = deskDayAfter(`2022-0${4 + drawn(`${key} bought`, 5)}-1${drawn(`${key} day`, 9)}`);
  const bought = asked(RegisterAsset, `${key}/machine`, {
    book: bookOfVillage(village),
    name: '冷藏及分拣设备',
    class: 'OPERATING',
    category: 'MACHINERY',
    source: 'PURCHASED',
    costFen,
    lifeMonths: 96,
    acquisition: { settlement: { account: '102' }, ...SIGNED, attachmentCount: 2, summary: '购入冷藏及分拣设备' },
    effectiveOn: boughtOn,
    ...ORIGIN,
  });
  if (drawn(`${key} sold`, 4) > 0) return [step(boughtOn, bought)];
  const soldOn = deskDayAfter(`2024-0${5 + drawn(`${key} sold in`, 4)}-06`);
  const sold = asked(DisposeAsset, `${key}/machine-sold`, {
    asset: cardOf(village, OPENING_CARDS + 1),
    kind: 'SOLD',
    proceeds: { amountFen: Math.round(costFen / 200_000) * 100_000, settlement: { account: '102' } },
    reason: '设备更新,经村民代表会议同意出售',
    ...SIGNED,
    attachmentCount: 3,
    summary: '出售旧冷藏设备',
    effectiveOn: soldOn,
    ...ORIGIN,
  });
  return [step(boughtOn, bought), step(soldOn, sold)];
}

/** What is let is put in order, and worth more afterwards. */
function roof(village: Village): Step {
  const on = deskDayAfter(`2023-0${3 + drawn(`${village.key} roof month`, 6)}-1${drawn(`${village.key} day`, 9)}`);
  const improved = asked(ImproveAsset, `${village.key}/roof`, {
    asset: cardOf(village, 1),
    amountFen: (90_000 + drawn(`${village.key} roof cost`, 90) * 1_000) * 100,
    settlement: { account: '102' },
    ...SIGNED,
    attachmentCount: 4,
    summary: '经营用房屋面改造',
    effectiveOn: on,
    ...ORIGIN,
  });
  return step(on, improved);
}

/** A house found empty at the stock-taking; half of them are let again. */
function idleHouse(village: Village): Step[] {
  const { key } = village;
  const asset = cardOf(village, OTHER_CARD);
  const foundOn = deskDayAfter('2023-12-05');
  const idle = asked(MarkAssetIdle, `${key}/idle`, {
    asset,
    since: '2023-07-01',
    reason: '年度清查发现部分用房空置',
    effectiveOn: foundOn,
    ...ORIGIN,
  });
  if (drawn(`${key} let`, 2) === 0) return [step(foundOn, idle)];
  const letOn = deskDayAfter(`2024-0${4 + drawn(`${key} let in`, 5)}-08`);
  const use = asked(ChangeAssetUse, `${key}/let`, { asset, useStatus: 'LEASED', effectiveOn: letOn, ...ORIGIN });
  return [step(foundOn, idle), step(letOn, use)];
}

function cardOf(village: Village, nth: number): string {
  return `${bookOfVillage(village)}-${nth}`;
}

function step(on: string, command: Command): Step {
  return { at: atOffice(on, LATE_AFTERNOON), command: () => command };
}
