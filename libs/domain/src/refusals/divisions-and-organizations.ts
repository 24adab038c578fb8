import { refusal } from './entry.js';

export const divisionAndOrganizationRefusals = {
  DIVISION_CODE_INVALID: refusal<{ code: string }>(
    422,
    (f) => `“${f.code}”不是有效的统计用区划代码。请填写6位(区)、9位(镇街)或12位(村)数字,例如330603008201。`,
    (f) =>
      `"${f.code}" is not a statistical division code. Send 6 (district), 9 (township) or 12 (village) digits, for example 330603008201.`,
  ),
  DIVISION_PARENT_MISMATCH: refusal<{ code: string; parent?: string; stated?: string }>(
    422,
    (f) =>
      f.parent === undefined
        ? `区划${f.code}是区,没有上级(申报为${f.stated ?? ''})。请去掉上级代码。`
        : `区划${f.code}的上级应为${f.parent}${f.stated === undefined ? '' : `(申报为${f.stated})`},且须在该日期已登记。请核对代码,或先登记上级区划。`,
    (f) =>
      f.parent === undefined
        ? `Division ${f.code} is a district and stands under none (stated: ${f.stated ?? ''}). Leave the parent out.`
        : `Division ${f.code} stands under ${f.parent}${f.stated === undefined ? '' : ` (stated: ${f.stated})`}, which must be registered by that date. Check the codes, or register the parent first.`,
  ),
  DIVISION_DUPLICATE: refusal<{ code: string; name: string }>(
    422,
    (f) => `区划${f.code}已登记为“${f.name}”。改名请用更名功能。`,
    (f) => `Division ${f.code} is already registered as "${f.name}". Use rename to change its name.`,
  ),
  DIVISION_UNKNOWN: refusal<{ code: string; registeredFrom?: string }>(
    404,
    (f) =>
      f.registeredFrom === undefined
        ? `区划${f.code}未登记。请核对代码,或先登记该区划。`
        : `区划${f.code}自${f.registeredFrom}起才登记。请改用该日及以后的日期。`,
    (f) =>
      f.registeredFrom === undefined
        ? `Division ${f.code} is not registered. Check the code, or register it first.`
        : `Division ${f.code} is registered only from ${f.registeredFrom}. Use that date or a later one.`,
  ),
  VILLAGE_UNKNOWN: refusal<{ village: string; registeredFrom?: string }>(
    404,
    (f) =>
      f.registeredFrom === undefined
        ? `村${f.village}未登记。请先登记该村的区划代码。`
        : `村${f.village}自${f.registeredFrom}起才登记。请改用该日及以后的日期或月份。`,
    (f) =>
      f.registeredFrom === undefined
        ? `Village ${f.village} is not registered. Register the division first.`
        : `Village ${f.village} is registered only from ${f.registeredFrom}. Use that date or month, or a later one.`,
  ),
  CREDIT_CODE_CHECKSUM: refusal<{ creditCode: string }>(
    422,
    (f) => `统一社会信用代码“${f.creditCode}”校验位不符。请对照登记证逐位核对18位代码。`,
    (f) =>
      `The check character of credit code "${f.creditCode}" is wrong. Compare all 18 characters with the certificate.`,
  ),
  CREDIT_CODE_DUPLICATE: refusal<{ creditCode: string; name?: string }>(
    422,
    (f) => `统一社会信用代码${f.creditCode}已登记${f.name === undefined ? '' : `给“${f.name}”`}。请核对代码。`,
    (f) =>
      `Credit code ${f.creditCode} is already registered${f.name === undefined ? '' : ` for "${f.name}"`}. Check the code.`,
  ),
  CREDIT_CODE_CATEGORY: refusal<{ creditCode: string; kind: string; expected: string; actual: string }>(
    422,
    (f) => `机构类别${f.kind}的代码应以${f.expected}开头,而“${f.creditCode}”以${f.actual}开头。请更正类别或代码。`,
    (f) =>
      `Codes of kind ${f.kind} begin with ${f.expected}, but "${f.creditCode}" begins with ${f.actual}. Correct the kind or the code.`,
  ),
  ORGANIZATION_UNKNOWN: refusal<{ creditCode: string }>(
    404,
    (f) => `机构${f.creditCode}未登记。请先登记机构,再为其建立账套。`,
    (f) => `Organisation ${f.creditCode} is not registered. Register it before opening its book.`,
  ),
  BOOK_DUPLICATE: refusal<{ organization: string; book: string }>(
    422,
    (f) => `机构${f.organization}已有账套${f.book},一个机构只设一套账。请直接使用该账套。`,
    (f) => `Organisation ${f.organization} already has the book ${f.book}, and has only one. Use that book.`,
  ),
  BOOK_UNKNOWN: refusal<{ book: string }>(
    404,
    (f) => `没有账套${f.book}。请用账套列表核对编号。`,
    (f) => `There is no book ${f.book}. Look its id up in the list of books.`,
  ),
  PERSONAL_DATA_IN_TEXT: refusal<{ kind: 'residentId' | 'mobile' | 'bankCard' }>(
    422,
    (f) =>
      `文本中含有${{ residentId: '身份证号', mobile: '手机号', bankCard: '银行卡号' }[f.kind]}。账本不保存个人信息,请删去,改用户编号。`,
    (f) =>
      `The text holds a ${{ residentId: 'resident identity number', mobile: 'mobile number', bankCard: 'bank card number' }[f.kind]}. The ledger keeps no personal data: remove it and use a household code.`,
  ),
  ORIGIN_ONLY_IN_DEMO: refusal<{ origin: string }>(
    422,
    (f) => `来源标记${f.origin}只能用于演示账本。请去掉origin字段。`,
    (f) => `The mark ${f.origin} belongs to demo ledgers only. Leave out the field origin.`,
  ),
} as const;
