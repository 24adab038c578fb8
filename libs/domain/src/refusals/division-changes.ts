import { refusal } from './entry.js';

interface Ended {
  readonly from: string;
  readonly how: 'merged' | 'abolished';
  readonly standsIn: string;
}

const endedZh = ({ from, how, standsIn }: Ended): string =>
  how === 'merged'
    ? `已自${from}起并入${standsIn}。请改用${standsIn},或改用${from}以前的日期。`
    : `已自${from}起撤销,其账款计入${standsIn}。请改用${standsIn},或改用${from}以前的日期。`;
const endedEn = ({ from, how, standsIn }: Ended): string =>
  how === 'merged'
    ? `was merged into ${standsIn} from ${from} on. Use ${standsIn}, or a date before ${from}.`
    : `was abolished from ${from} on; its money counts in ${standsIn}. Use ${standsIn}, or a date before ${from}.`;

export const divisionChangeRefusals = {
  VILLAGE_ABOLISHED: refusal<{ village: string } & Ended>(
    422,
    (f) => `村${f.village}${endedZh(f)}`,
    (f) => `Village ${f.village} ${endedEn(f)}`,
  ),
  DIVISION_ABOLISHED: refusal<{ code: string } & Ended>(
    422,
    (f) => `区划${f.code}${endedZh(f)}`,
    (f) => `Division ${f.code} ${endedEn(f)}`,
  ),
  DIVISION_RECODED: refusal<{ code: string; on: string; codeThen: string }>(
    422,
    (f) => `该区划在${f.on}的代码不是${f.code},而是${f.codeThen}。请改用${f.codeThen},或改用${f.code}有效的日期。`,
    (f) =>
      `On ${f.on} the code of this division is not ${f.code} but ${f.codeThen}. Use ${f.codeThen}, or a date on which ${f.code} holds.`,
  ),
  DIVISION_CODE_TAKEN: refusal<{ code: string; name: string; codeNow: string }>(
    422,
    (f) =>
      `代码${f.code}已用于“${f.name}”(现代码${f.codeNow});一个代码只属于一个区划,变更后也不再另用。请核对代码,或改用其他代码。`,
    (f) =>
      `Code ${f.code} is or was that of "${f.name}" (its newest code: ${f.codeNow}), and no code is given to a second division. Check it, or use another code.`,
  ),
  DIVISION_LEVEL_MISMATCH: refusal<{ code: string; other: string }>(
    422,
    (f) => `${f.code}与${f.other}不是同一级别的两个区划代码。请填写同级(镇街对镇街、村对村)的另一个代码。`,
    (f) =>
      `${f.code} and ${f.other} are not two codes of one level. Send another code of the same level: township for township, village for village.`,
  ),
  DIVISION_DISTRICT_MISMATCH: refusal<{ code: string; district: string }>(
    422,
    (f) => `区划${f.code}不属于区${f.district}。变更代码、合并和撤销只能在同一个区内进行,请核对代码。`,
    (f) =>
      `Division ${f.code} is not in district ${f.district}. Recoding, merging and abolishing stay within one district; check the code.`,
  ),
  DISTRICT_FIXED: refusal<{ code: string }>(
    422,
    (f) => `区${f.code}本身不能变更代码或撤销,其下所有代码都以它开头。请将新的区及其镇街、村另行登记。`,
    (f) =>
      `District ${f.code} itself cannot be recoded or abolished, because every code below begins with it. Register the new district with its townships and villages.`,
  ),
  DIVISION_NOT_EMPTY: refusal<{ code: string; on: string; villages: number; first: string }>(
    422,
    (f) =>
      `镇街${f.code}在${f.on}及以后仍有${f.villages}个村(如${f.first}),其账款不能没有归属。请先变更这些村的代码,或将其合并、撤销;已撤销的村,请填写接收的镇街(successor)。`,
    (f) =>
      `Township ${f.code} still has ${f.villages} villages on ${f.on} or later (such as ${f.first}), whose money must stand somewhere. Recode, merge or abolish them first; where they are abolished already, name the township that takes over (successor).`,
  ),
  DIVISION_CHANGED_LATER: refusal<{ code: string; on: string; laterOn: string }>(
    422,
    (f) =>
      `自${f.on}起的这一变更,与区划${f.code}已登记的${f.laterOn}的变更矛盾。请核对日期和代码,或改用${f.laterOn}及以后的日期。`,
    (f) =>
      `This change from ${f.on} on contradicts the one of ${f.laterOn} that is recorded for division ${f.code}. Check dates and codes, or use ${f.laterOn} or a later date.`,
  ),
  VILLAGE_MERGED_INTO_ITSELF: refusal<{ village: string }>(
    422,
    (f) => `村${f.village}不能并入自身。from中只填写被并入的村,请去掉${f.village}。`,
    (f) => `Village ${f.village} cannot be merged into itself. Leave it out of from, which lists those that end.`,
  ),
} as const;
