import {
  ACCOUNT_CODE,
  BANK_ACCOUNT,
  FORBIDDEN_CHARACTERS,
  MAX_AMOUNT_FEN,
  MAX_TEXT_LENGTH,
  MOBILE,
  PERSON_NAME,
  REFERENCE,
  SHA256,
  STAFF_ID,
} from '@ledger/domain';
import type { Schema } from './schema.js';

/** The shapes that fields are built from, each named once; the checks of the same name refuse what differs. */
export const shapes = {
  Fen: {
    type: 'integer',
    minimum: 1,
    maximum: MAX_AMOUNT_FEN,
    description: '金额,以分为单位的整数。An amount in whole fen, 1 to 10^13.',
  },
  FenOrZero: {
    type: 'integer',
    minimum: 0,
    maximum: MAX_AMOUNT_FEN,
    description: '金额,以分为单位的整数,可为零。An amount in whole fen, 0 to 10^13.',
  },
  LocalDate: {
    type: 'string',
    format: 'date',
    pattern: '^\\d{4}-\\d{2}-\\d{2}$',
    description: '日期(上海),自1949-10-01起。A day in Asia/Shanghai, from 1949-10-01 on.',
  },
  Period: {
    type: 'string',
    pattern: '^(19[5-9]\\d|[2-9]\\d{3})-(0[1-9]|1[0-2])$',
    description: '期间(月份),YYYY-MM。A bookkeeping month.',
  },
  DateOrYear: {
    type: 'string',
    pattern: '^(\\d{4}-\\d{2}-\\d{2}|(19[5-9]\\d|[2-9]\\d{3}))$',
    description: '日期或年份,例如2024-06-30或2024。A day or a year.',
  },
  StaffId: {
    type: 'string',
    pattern: STAFF_ID.source,
    description: '工作人员编号,不是姓名。A staff id, never a person’s name.',
  },
  Reference: {
    type: 'string',
    pattern: REFERENCE.source,
    description: '编号,不含个人信息。A pseudonymous reference.',
  },
  PersonName: {
    type: 'string',
    pattern: PERSON_NAME.source,
    description: '姓名。The name of a person.',
  },
  Mobile: {
    type: 'string',
    pattern: MOBILE.source,
    description: '手机号码,11位。A mobile number.',
  },
  BankAccount: {
    type: 'string',
    pattern: BANK_ACCOUNT.source,
    description: '银行账户号码,只含数字。The number of a bank account.',
  },
  AccountCode: {
    type: 'string',
    pattern: ACCOUNT_CODE.source,
    description:
      '科目编码,例如50102或rural-collective-2024:50102。An account code; bare, it is of the chart of the year that it is booked in.',
  },
  Text: {
    type: 'string',
    minLength: 1,
    maxLength: MAX_TEXT_LENGTH,
    pattern: `^[^${FORBIDDEN_CHARACTERS}]*[^\\s${FORBIDDEN_CHARACTERS}][^${FORBIDDEN_CHARACTERS}]*$`,
    description: '文字,不含控制字符和个人信息。A text without control characters and personal data.',
  },
  Sha256: {
    type: 'string',
    pattern: SHA256.source,
    description: '文件内容的SHA-256,小写十六进制。The SHA-256 of the bytes of a file, in lower-case hexadecimal.',
  },
  PostingBody: {
    type: 'object',
    description: '记账请求的内容,同其原接口。What a posting asks for, as the route of its command takes it.',
    additionalProperties: {
      type: ['string', 'number', 'boolean', 'array', 'object'],
      items: { type: ['string', 'object'] },
      description: '见该接口。As that route has it.',
    },
  },
  KnownAt: {
    type: 'string',
    pattern: '^(\\d{1,15}|\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2}))$',
    description: '位置,或带时区的时刻。A position, or an instant with its zone.',
  },
  DivisionCode: {
    type: 'string',
    pattern: '^(\\d{6}|\\d{9}|\\d{12})$',
    examples: ['330603'],
    description:
      '6位、9位或12位区划代码。The code of a district, township or village; zeros at its end may be left out.',
  },
  PageLimit: {
    type: 'string',
    pattern: '^([1-9]\\d{0,2}|1000)$',
    description: '一页最多的行数,1至1000。How many rows a page holds at most.',
  },
  Cursor: {
    type: 'string',
    pattern: '^[A-Za-z0-9_-]+$',
    description: '游标,由本接口给出。An opaque cursor that this route gave out.',
  },
  Position: {
    type: 'integer',
    minimum: 0,
    description:
      '在整个账本中的位置,从1起连续。A position in the whole ledger, dense from 1; 0 is before the first fact.',
  },
} as const satisfies Readonly<Record<string, Schema>>;

export type ShapeName = keyof typeof shapes;

export const shape = (name: ShapeName) => ({ $ref: `#/components/schemas/${name}` });
