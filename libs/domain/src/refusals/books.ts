import { yuan } from '../money.js';
import { refusal } from './entry.js';

export const bookRefusals = {
  ACCOUNT_UNKNOWN: refusal<{ account: string; standard: string }>(
    422,
    (f) => `账套的科目表(${f.standard})中没有科目${f.account}。请从科目表中选择。`,
    (f) => `Account ${f.account} does not exist in this book's chart (${f.standard}). Choose one from the chart.`,
  ),
  ACCOUNT_KIND: refusal<{ account: string; name: string; wanted: AccountKind }>(
    422,
    (f) => `科目${f.account} ${f.name}不能用于此处。此处应填${kinds[f.wanted].zh}。`,
    (f) => `Account ${f.account} ${f.name} does not belong here. Name ${kinds[f.wanted].en}.`,
  ),
  ACCOUNT_NOT_LEAF: refusal<{ account: string; name: string; children: readonly string[] }>(
    422,
    (f) =>
      `科目${f.account} ${f.name}不是末级科目,不能记账。请选用其明细科目:${f.children.join('、') || '(请先增设明细科目)'}。`,
    (f) =>
      `Account ${f.account} ${f.name} has sub-accounts and takes no postings. Use one of: ${f.children.join(', ') || '(add a sub-account first)'}.`,
  ),
  ACCOUNT_RETIRED: refusal<{ account: string; name: string; retiredOn: string }>(
    422,
    (f) => `科目${f.account} ${f.name}已于${f.retiredOn}停用。请改用在用科目。`,
    (f) => `Account ${f.account} ${f.name} was retired on ${f.retiredOn}. Use an account that is in use.`,
  ),
  ACCOUNT_DUPLICATE: refusal<{ account: string; name: string }>(
    422,
    (f) => `科目${f.account}已存在,名称为“${f.name}”。请另选编码。`,
    (f) => `Account ${f.account} already exists as "${f.name}". Choose another code.`,
  ),
  ACCOUNT_PARENT: refusal<{ account: string; parent?: string }>(
    422,
    (f) =>
      f.parent === undefined
        ? `${f.account}是一级科目,由会计制度规定,不能增设。请在非末级科目下增设明细。`
        : `科目${f.account}的上级${f.parent}不存在、已停用或为末级科目,不能增设明细。请在非末级科目下增设。`,
    (f) =>
      f.parent === undefined
        ? `Account ${f.account} would be of the first level, which the standard alone sets. Add it under an account that takes children.`
        : `Account ${f.account} would stand under ${f.parent}, which does not exist, is retired or takes postings itself. Add it under an account that takes children.`,
  ),
  ACCOUNT_LIMIT: refusal<{ limit: number }>(
    422,
    (f) => `账套最多${f.limit}个科目,已经用满。请用项目、往来对象等辅助核算代替明细科目。`,
    (f) =>
      `A book has at most ${f.limit} accounts, and this one has them all. Tell lines apart by project or party instead of by sub-accounts.`,
  ),
  OPENING_UNBALANCED: refusal<{ column: 'balance' | 'yearToDate'; debitFen: number; creditFen: number }>(
    422,
    (f) =>
      `${f.column === 'balance' ? '期初余额' : '本年累计'}借方合计${yuan(f.debitFen)}元,贷方合计${yuan(f.creditFen)}元,相差${yuan(f.debitFen - f.creditFen)}元。请核对后重新录入。`,
    (f) =>
      `${f.column === 'balance' ? 'Opening balances' : 'Year-to-date turnovers'}: debits ${yuan(f.debitFen)} yuan, credits ${yuan(f.creditFen)} yuan, difference ${yuan(f.debitFen - f.creditFen)}. Check the lines and send all of them again.`,
  ),
  OPENING_AFTER_POSTING: refusal<{ book: string; year: number }>(
    422,
    (f) => `账套${f.book}在${f.year}年度已有期初余额或凭证,期初只能在记账之前录入一次。请用凭证调整。`,
    (f) =>
      `Book ${f.book} already has opening balances or vouchers in ${f.year}. They are recorded once, before the first voucher; adjust with a voucher.`,
  ),
  OPENING_YEAR_TO_DATE: refusal<{ account: string; startPeriod: string }>(
    422,
    (f) =>
      `科目${f.account}的期初与本年累计不一致(启用期间${f.startPeriod})。1月启用不填本年累计且收支科目无余额;年中启用时收支科目余额须等于本年累计净额。`,
    (f) =>
      `The opening of account ${f.account} disagrees with its year-to-date columns (start ${f.startPeriod}). A book that starts in January has neither these columns nor income and expense balances; in mid-year an income or expense balance equals its year-to-date net.`,
  ),
  VOUCHER_UNBALANCED: refusal<{ debitFen: number; creditFen: number }>(
    422,
    (f) =>
      `凭证借方合计${yuan(f.debitFen)}元,贷方合计${yuan(f.creditFen)}元,相差${yuan(f.debitFen - f.creditFen)}元。请改正后提交。`,
    (f) =>
      `The voucher's debits are ${yuan(f.debitFen)} yuan and its credits ${yuan(f.creditFen)} yuan, difference ${yuan(f.debitFen - f.creditFen)}. Correct the lines and send it again.`,
  ),
  VOUCHER_EMPTY: refusal<{ lines: number }>(
    422,
    (f) => `凭证只有${f.lines}行分录,至少需要2行(一借一贷)。`,
    (f) => `The voucher has ${f.lines} lines; it needs at least 2, a debit and a credit.`,
  ),
  VOUCHER_UNKNOWN: refusal<{ period: string; voucherNo: number }>(
    404,
    (f) => `${f.period}没有记-${f.voucherNo}号凭证。请核对期间和凭证号。`,
    (f) => `There is no voucher 记-${f.voucherNo} in ${f.period}. Check the period and the number.`,
  ),
  AMOUNT_NOT_POSITIVE: refusal<{ amountFen: number }>(
    422,
    (f) => `金额${yuan(f.amountFen)}元须大于零。冲销、撤回请用相应功能,不要填负数。`,
    (f) =>
      `The amount ${yuan(f.amountFen)} yuan must be above zero. To take something back, reverse or withdraw it; do not send negative amounts.`,
  ),
  AMOUNT_PRECISION: refusal<{ amount: number }>(
    422,
    (f) => `金额${f.amount}分不是整数。金额以分为单位的整数填写,例如12,800.00元填1280000。`,
    (f) =>
      `The amount ${f.amount} fen is not a whole number. Send integer fen, for example 1280000 for 12,800.00 yuan.`,
  ),
  AMOUNT_TOO_LARGE: refusal<{ amountFen: number; limitFen: number }>(
    422,
    (f) => `金额${f.amountFen}分超过上限${f.limitFen}分(${yuan(f.limitFen)}元)。请核对单位是否为分。`,
    (f) =>
      `The amount ${f.amountFen} fen is above the limit of ${f.limitFen} fen (${yuan(f.limitFen)} yuan). Check that the unit is fen.`,
  ),
  DIMENSION_REQUIRED: refusal<{ account: string; dimension: keyof typeof dimensionsZh }>(
    422,
    (f) => `科目${f.account}的分录须填写${dimensionsZh[f.dimension]}(${f.dimension})。`,
    (f) => `A line on account ${f.account} must name its ${f.dimension}.`,
  ),
  SOURCE_DOCUMENT_DUPLICATE: refusal<{ sourceDocument: string; period: string; voucherNo: number }>(
    422,
    (f) => `原始凭证${f.sourceDocument}已记入${f.period} 记-${f.voucherNo},不能重复入账。如原凭证有误,请先红字冲销。`,
    (f) =>
      `Source document ${f.sourceDocument} is already booked in ${f.period} as 记-${f.voucherNo}. If that voucher is wrong, reverse it first.`,
  ),
  SAME_PERSON: refusal<{ person: string; roles: readonly [string, string] }>(
    422,
    (f) => `${f.person}不能同时担任${rolesZh[f.roles[0]]}和${rolesZh[f.roles[1]]}。请由另一人办理。`,
    (f) => `${f.person} cannot be both ${f.roles[0]} and ${f.roles[1]}. Let another person do one of them.`,
  ),
  CASH_NEGATIVE: refusal<{ on: string; balanceFen: number }>(
    422,
    (f) => `记账后库存现金(101)在${f.on}日终为${yuan(f.balanceFen)}元,不能为负。请核对付款方式或先补记提现。`,
    (f) =>
      `Cash on hand (101) would stand at ${yuan(f.balanceFen)} yuan at the end of ${f.on}; it may not be negative. Check the way of payment, or record the withdrawal from the bank first.`,
  ),
} as const;

export type AccountKind =
  | 'income'
  | 'expense'
  | 'incomeSettlement'
  | 'expenseSettlement'
  | 'appropriation'
  | 'assetSettlement'
  | 'depreciationCharge';

const kinds: Readonly<Record<AccountKind, { readonly zh: string; readonly en: string }>> = {
  income: { zh: '收入科目', en: 'an income account' },
  expense: { zh: '支出科目', en: 'an expense account' },
  incomeSettlement: {
    zh: '收款科目(库存现金、银行存款、应收款或内部往来)',
    en: 'where income is received: cash, bank deposits, a receivable or an internal current account',
  },
  expenseSettlement: {
    zh: '付款科目(库存现金、银行存款、内部往来或应付类科目)',
    en: 'where expenses are paid from: cash, bank deposits, an internal current account or a payable',
  },
  appropriation: {
    zh: '分配去向科目(如公积公益金、应付款、内部往来);支付款项请另制凭证',
    en: 'where a surplus may go, such as the reserve, a payable or an internal current account; pay money out by a voucher of its own',
  },
  assetSettlement: {
    zh: '资产来源科目(库存现金、银行存款、应付类科目、在建工程或公积公益金)',
    en: 'where the cost of an asset comes from: cash, bank deposits, a payable, construction in progress or the reserve',
  },
  depreciationCharge: {
    zh: '折旧费用科目(生产成本、经营支出、管理费用或公益支出)',
    en: 'what depreciation is charged to: production cost, operating, administrative or public-welfare expenditure',
  },
};

const dimensionsZh = { grant: '专项资金', party: '往来对象', asset: '资产编号' } as const;

const rolesZh: Readonly<Record<string, string>> = {
  preparedBy: '制单人',
  reviewedBy: '审核人',
  closedBy: '结账人',
  originalPreparedBy: '原凭证制单人',
  originalPostedBy: '原凭证记账人',
  handedOverBy: '移交人',
  takenOverBy: '接管人',
  witnessedBy: '监交人',
};
