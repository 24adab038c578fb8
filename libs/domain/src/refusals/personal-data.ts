import {
  consentPurposes,
  type ConsentPurpose,
  personalDataParts,
  type PersonalDataPart,
} from '../household/categories.js';
import { refusal } from './entry.js';

/** What is refused about people: none of these sentences repeats what was sent of them. */
export const personalDataRefusals = {
  CONSENT_MISSING: refusal<{ household: string; purpose: ConsentPurpose }>(
    422,
    (f) =>
      `农户${f.household}目前没有同意“${consentPurposes[f.purpose].zh}”(${f.purpose})。请先征得同意并登记,再办理。`,
    (f) =>
      `Household ${f.household} does not agree to the ${consentPurposes[f.purpose].en} (${f.purpose}) now. Ask for its consent and record it first.`,
  ),
  CONSENT_WITHDRAWN: refusal<{ household: string; purpose: ConsentPurpose; withdrawnOn: string }>(
    422,
    (f) =>
      `农户${f.household}已于${f.withdrawnOn}撤回对“${consentPurposes[f.purpose].zh}”的同意,此前的同意书不再有效。请重新征得同意,日期须晚于${f.withdrawnOn}。`,
    (f) =>
      `Household ${f.household} took back its consent to the ${consentPurposes[f.purpose].en} on ${f.withdrawnOn}, so an older paper does not count. Ask for it anew, with a date after ${f.withdrawnOn}.`,
  ),
  PURPOSE_NOT_ALLOWED: refusal<{
    purpose: string;
    allowed: readonly { readonly id: string; readonly zh: string; readonly en: string }[];
  }>(
    422,
    (f) =>
      `目的“${f.purpose}”在此不适用。${f.allowed.length === 0 ? '您的角色不能查阅这些信息,请联系个人信息保护负责人' : `可选:${f.allowed.map(({ id, zh }) => `${id}(${zh})`).join('、')}`}。`,
    (f) =>
      `The purpose "${f.purpose}" is not allowed here. ${f.allowed.length === 0 ? 'Your role has none for which this is shown: ask the personal-data officer' : `Choose one of ${f.allowed.map(({ id, en }) => `${id} (${en})`).join(', ')}`}.`,
  ),
  ID_CHECKSUM: refusal<{ fault: 'shape' | 'birthDate' | 'checkDigit' }>(
    422,
    (f) => `居民身份号码有误:${FAULTS[f.fault].zh}。请对照证件更正;未作任何改动,号码未保存。`,
    (f) =>
      `The resident identity number is wrong: ${FAULTS[f.fault].en}. Compare it with the card; nothing was changed and the number was not kept.`,
  ),
  HOUSEHOLD_DUPLICATE: refusal<{ household: string }>(
    422,
    (f) => `该居民身份号码已登记在农户${f.household}。请核对是否重复登记;同一人只登记在一户。`,
    (f) =>
      `This resident identity number stands with household ${f.household} already. Check whether the household was registered twice; a person stands in one.`,
  ),
  PERSONAL_DATA_HELD: refusal<{ household: string; part: PersonalDataPart }>(
    422,
    (f) => `农户${f.household}已有${personalDataParts[f.part].zh}。请改用更正(PUT),以免误覆盖。`,
    (f) =>
      `There is ${personalDataParts[f.part].en} of household ${f.household} already. Correct it (PUT), so that nothing is overwritten by mistake.`,
  ),
  PERSONAL_DATA_UNKNOWN: refusal<{ household: string; part: PersonalDataPart }>(
    404,
    (f) => `没有农户${f.household}的${personalDataParts[f.part].zh},或已删除。请核对农户编号,或先登记。`,
    (f) =>
      `There is no ${personalDataParts[f.part].en} of household ${f.household}, or it was erased. Check the id, or enter it first.`,
  ),
  PERSONAL_DATA_CHANGED: refusal<{ household: string; part: PersonalDataPart }>(
    409,
    (f) =>
      `农户${f.household}的${personalDataParts[f.part].zh}在这次查阅登记之后有变化,已不是登记时所示的内容,未显示。请用新的Idempotency-Key重新查阅,另行登记。`,
    (f) =>
      `The ${personalDataParts[f.part].en} of household ${f.household} has changed since this request was put on record, so it is not what the record says was shown; nothing is shown. Ask anew with a new Idempotency-Key, to have it on record by itself.`,
  ),
  PERSONAL_DATA_RESTRICTED: refusal<{ household: string; retainUntil: string }>(
    422,
    (f) =>
      `农户${f.household}的这部分信息已限制使用,依法保存至${f.retainUntil}。只有个人信息保护负责人可凭依据(basis)为法定职责(LEGAL_DUTY)或本人要求查阅。`,
    (f) =>
      `This data of household ${f.household} is restricted and kept by law until ${f.retainUntil}. Only the personal-data officer may have it shown, for a duty by law (LEGAL_DUTY) with its basis, or for the person concerned.`,
  ),
  RETENTION_NOT_OVER: refusal<{ household: string; retainUntil: string }>(
    422,
    (f) => `农户${f.household}的这部分信息依法保存至${f.retainUntil},此前不能删除;已限制使用。请在该日之后办理。`,
    (f) =>
      `The law wants this data of household ${f.household} kept until ${f.retainUntil}, so it is not erased before; it is restricted already. Ask again after that day.`,
  ),
  VAULT_SEALED: refusal<{ why: 'keyMissing' | 'keyWrong' }>(
    503,
    (f) =>
      `个人信息库已封存:${f.why === 'keyMissing' ? '缺少主密钥' : '主密钥不符'}。请维护人员恢复vault.key或LEDGER_VAULT_KEY后重启;账务不受影响。`,
    (f) =>
      `The vault of personal data is sealed: its master key is ${f.why === 'keyMissing' ? 'missing' : 'another one'}. The operator has to put back vault.key or LEDGER_VAULT_KEY and start again; the books are not affected.`,
  ),
} as const;

const FAULTS = {
  shape: { zh: '应为17位数字加1位数字或X', en: 'it has 17 digits and then a digit or X' },
  birthDate: { zh: '出生日期在未来', en: 'its date of birth is in the future' },
  checkDigit: {
    zh: '出生日期不存在或校验位不符',
    en: 'its date of birth does not exist, or its check digit does not fit',
  },
} as const;
