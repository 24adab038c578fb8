import { Refusal } from '@ledger/domain';
import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { fieldNamed } from '../input.js';

interface Problem {
  readonly field: string;
  readonly zh: string;
  readonly en: string;
}

/** Checks bodies and queries against their classes; what no class declares is refused, not dropped. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    validationError: { target: false },
    exceptionFactory: (errors) => new Refusal('INPUT_INVALID', { problems: problemsOf(errors).slice(0, 20) }),
  });
}

function problemsOf(errors: readonly ValidationError[], path = ''): Problem[] {
  return errors.flatMap((error) => {
    const called = fieldNamed(error.property);
    const field = path === '' ? called : `${path}.${called}`;
    // Of the checks that fail, the first as written says most: what is missing is no text, rather than too long. The
    // last one is evaluated first.
    const own = Object.entries(error.constraints ?? {})
      .slice(-1)
      .map(([name, message]): Problem => {
        const [zh, en] =
          error.value === undefined && name !== 'whitelistValidation' ? missing(name) : sentenceOf(name, message);
        return { field, zh, en };
      });
    return [...own, ...problemsOf(error.children ?? [], field)];
  });
}

function sentenceOf(name: string, message: string): readonly [string, string] {
  // class-validator lists the allowed values in its own sentence.
  const [, values] = /^\S+ must be one of the following values: (.+)$/.exec(message) ?? [];
  if (values !== undefined) return [`只能是${values.replaceAll(', ', '、')}之一`, `must be one of ${values}`];
  return SENTENCES[name] ?? ['的值不符合要求', message];
}

/** A body within the body is seldom expected, so it is said what belongs into it. */
function missing(name: string): readonly [string, string] {
  if (name !== 'isPostingBody') return ['必填,请补上', 'is required; add it'];
  return [
    '必填:请把修改后的全部内容放在body中,即{"body":{…}}',
    'is required: put all of the mended content into body, as {"body":{…}}',
  ];
}

const DATE: [string, string] = [
  '应为存在的日期YYYY-MM-DD,例如2024-01-31',
  'must be a date that exists, as YYYY-MM-DD, such as 2024-01-31',
];
const WHOLE: [string, string] = ['应为允许范围内的整数', 'must be a whole number within its bounds'];

/** What each check says, by the name that class-validator gives it. */
const SENTENCES: Readonly<Record<string, [string, string]>> = {
  whitelistValidation: ['是未知字段,请去掉', 'is not a known field; leave it out'],
  unknownValue: ['内容为空或不是对象', 'is empty or not an object'],
  isFen: ['应为数字,单位为分,例如12,800.00元填1280000', 'must be a number in fen, such as 1280000 for 12,800.00 yuan'],
  isLocalDate: DATE,
  isPeriod: ['应为月份YYYY-MM,例如2024-01', 'must be a month as YYYY-MM, such as 2024-01'],
  isDateOrYear: [
    '应为日期YYYY-MM-DD或年份YYYY,例如2024-01-31或2024',
    'must be a date that exists or a year, such as 2024-01-31 or 2024',
  ],
  isStaffId: [
    '应为工作人员编号:小写字母开头,2至32个小写字母、数字或短横线',
    'must be a staff id: 2 to 32 lower-case letters, digits or hyphens, beginning with a letter',
  ],
  isReference: [
    '应为编号:字母开头,最多64个字母、数字、点、下划线或短横线;或账本给出的编号',
    'must be a reference: a letter, then up to 63 letters, digits, dots, underscores or hyphens; or an id of the ledger',
  ],
  isAccountCode: ['应为科目编码,例如50102', 'must be an account code, such as 50102'],
  isText: ['应为1至500个字符的文字,不含控制字符', 'must be a text of 1 to 500 characters without control characters'],
  isPersonName: ['应为1至60个字的姓名', 'must be a name of 1 to 60 letters'],
  isMobile: ['应为11位手机号码', 'must be a mobile number of 11 digits'],
  isBankAccount: ['应为10至25位数字的银行账户号码', 'must be a bank account of 10 to 25 digits'],
  isSha256: ['应为64位小写十六进制的SHA-256', 'must be SHA-256 hashes in 64 lower-case hexadecimal digits'],
  isKnownAt: [
    '应为位置(例如128)或带时区的时刻(例如2024-03-05T09:00:00+08:00)',
    'must be a position, such as 128, or an instant with its zone, such as 2024-03-05T09:00:00+08:00',
  ],
  isDivisionCode: [
    '应为6位、9位或12位区划代码,例如330603',
    'must be a division code of 6, 9 or 12 digits, such as 330603',
  ],
  isPageLimit: ['应为1至1000的整数', 'must be a whole number from 1 to 1000'],
  isCursor: ['不是本接口给出的游标', 'is not a cursor that this route gave out'],
  isString: ['应为文字', 'must be a text'],
  isBoolean: ['应为true或false', 'must be true or false'],
  isInt: WHOLE,
  min: WHOLE,
  max: WHOLE,
  isArray: ['应为列表', 'must be a list'],
  arrayNotEmpty: ['至少填写一项', 'must have at least one item'],
  arrayMinSize: ['不能为空', 'needs at least one item'],
  arrayMaxSize: ['条数超过上限', 'has too many items'],
  isOneObject: ['应为一个对象', 'must be one object'],
  isPostingBody: ['应为一个对象,同原接口的请求内容', 'must be one object, as the route of the command takes it'],
  nestedValidation: ['应为对象', 'must be an object'],
  maxLength: ['过长', 'is too long'],
  matches: ['含有不允许的字符', 'has characters that are not allowed here'],
};
