import type { Schema } from './schema.js';

/** What each field of a request means, by its name; `Class.field` where a class means something of its own. */
export const fieldWords: Readonly<Record<string, string>> = {
  account: '科目编码。The account, bare or with its chart.',
  amountFen: '金额,单位为分(12,800.00元填1280000)。The amount in fen.',
  'RecordIncome.amountFen': '不含税金额,单位为分。The amount without tax, in fen.',
  'OpeningLine.amountFen': '期初余额,单位为分;只有发生额时填0。The balance in fen; zero where there is only turnover.',
  appropriations: '收益分配。Appropriations of the year’s surplus, in order.',
  asOf: '业务日期(上海),默认今天。The day in the village, in Asia/Shanghai; today when left out.',
  asset: '资产编号。The asset it concerns.',
  attachmentCount: '附件张数。How many paper sheets are attached.',
  after: '上一页给出的游标。The cursor that the page before gave out.',
  basis:
    'booked按记账期间,restated按业务归属期间。By the month in whose books it stands, or by the month it belongs to.',
  books: 'collective只含集体经济组织,all含全部机构。The collective’s books only, or those of all organisations.',
  closedBy: '结账人,不得为制单人。Who closes; prepared no voucher of the period.',
  closing: '年末结转凭证之前或之后。Before or after the closing vouchers of the year end.',
  code: '科目编码。The account code.',
  'RegisterDivision.code': '统计用区划代码,6、9或12位。The statistical division code of 6, 9 or 12 digits.',
  'RecodedVillage.code': '该村的原代码,12位。The code of the village so far.',
  contract: '合同编号。The contract it concerns.',
  correction: '以前期间更正。Why something is booked in an open month that belongs to a closed one.',
  creditCode: '统一社会信用代码,18位。The unified social credit code of 18 characters.',
  division: '区划代码,6、9或12位。A division code of 6, 9 or 12 digits; everything when left out.',
  'FeedQuery.after':
    '只要此位置之后的事项,默认为此刻之后的。Only what comes after this position; after now when left out.',
  evidence: '已上传附件的SHA-256,最多20个。Attachments that prove it, uploaded before, by their hashes.',
  effectiveOn: '业务发生日期(上海),不得晚于今天。When it was true in the village; never the future.',
  'MergeVillages.from': '被并入的各村的12位代码。The 12-digit codes of the villages that end.',
  from: '起始期间(含)。The first month.',
  grant: '专项资金编号。The grant whose money it is.',
  kind: '机构类别。The kind of organisation.',
  knownAt:
    '记录时点:位置或带时区的时刻,默认最新。What the ledger knew then: a position or an instant; the newest when left out.',
  limit: '每页条数,1至1000。How many at most.',
  lines: '分录。The lines.',
  name: '名称。The name.',
  newCode: '新代码,位数与原代码同级。The new code, of the same level.',
  nonRecurring: '是否一次性收支。Whether it is not expected to recur.',
  organization: '机构的统一社会信用代码。The credit code of the organisation.',
  origin: '数据来源标记,只用于演示账本。Where demo figures come from; demo ledgers only.',
  parent: '上级区划代码,供核对。The division above, to be checked; it follows from the code.',
  party: '往来对象编号,不含个人信息。A pseudonymous reference to the counterparty.',
  period: '期间,YYYY-MM。The month.',
  postable: '是否末级科目,默认是;以后不能改变。Whether it takes postings rather than children; fixed for ever.',
  preparedBy: '制单人。Who prepared it.',
  project: '项目编号。The project it concerns.',
  reason: '原因,不含个人信息。Why, without personal data.',
  reviewedBy: '审核人,不得与制单人相同。Who reviewed it; never the preparer.',
  settlement: '收付方式。How it was paid or will be.',
  settles: '所核销的收入。The income that this receipt settles.',
  side: '借或贷。Debit or credit.',
  sourceDocument: '原始凭证号,同一账套年度内不得重复。The source document, booked at most once.',
  standard: '会计科目表。The chart of accounts.',
  startPeriod: '启用期间。The first month that the book records.',
  successor: '接收其账款的同级区划。A division of the same level in whose sums its money goes on.',
  summary: '摘要,不含个人信息。The summary, without personal data.',
  taxFen: '增值税额,单位为分。Value added tax in fen.',
  'MergeVillages.to': '合并后的村的12位代码,须已登记。The 12-digit code of the village that goes on.',
  to: '截止期间(含)。The last month.',
  village: '所属村的12位区划代码。The 12-digit code of its village.',
  villages:
    '不保留末三位的村;其余各村自动随之变更。The villages that do not keep their last three digits; all others follow.',
  voucherNo: '凭证号。The voucher number in its month.',
  yearToDateCreditFen: '本年累计贷方发生额,单位为分。Credits of the year before the start, in fen.',
  yearToDateDebitFen: '本年累计借方发生额,单位为分。Debits of the year before the start, in fen.',
};

const word = (description: string, example: string | number): Schema => ({
  schema: { type: 'string', minLength: 1, maxLength: 200 },
  description,
  example,
});

const ID = '0f8fad5b-d9cb-869f-a165-70867728950e';

/** What a path carries, by the name of the parameter and, for `code`, by what stands before it. */
export const pathWords: Readonly<Record<string, Schema>> = {
  id: word(
    '账套编号:账套列表中的id,或建账回执stream中book-之后的部分。The id in the list of books, or what follows book- in the stream of the receipt.',
    ID,
  ),
  book: word('账套编号。The id of the book.', ID),
  'accounts/code': word('科目编码。The account code.', '50102'),
  account: word('科目编码。The account code.', '50102'),
  code: word('区划代码,6、9或12位。The division code.', '330603008299'),
  division: word('区划代码,6、9或12位。The division code.', '330603008299'),
  creditCode: word('统一社会信用代码。The unified social credit code.', 'N2330603MF00000563'),
  'problems/code': word('错误代码。A code of the catalogue.', 'PERIOD_CLOSED'),
  period: {
    schema: { $ref: '#/components/schemas/Period' },
    description: '期间,YYYY-MM。The month.',
    example: '2024-01',
  },
  sha256: {
    schema: { $ref: '#/components/schemas/Sha256' },
    description: '文件内容的SHA-256。The SHA-256 of the bytes.',
    example: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
  },
  voucherNo: {
    schema: { type: 'string', pattern: '^(记-)?[1-9]\\d{0,4}$' },
    description: '凭证号。The voucher number: 12 or 记-12.',
    example: '12',
  },
  year: {
    schema: { type: 'string', pattern: '^(19[5-9]\\d|[2-9]\\d{3})$' },
    description: '年度。The year.',
    example: '2024',
  },
  position: {
    schema: { $ref: '#/components/schemas/Position' },
    description: '位置。The position in the ledger.',
    example: 128,
  },
};
