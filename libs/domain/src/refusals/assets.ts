import {
  type AssetCategory,
  assetCategories,
  type AssetClass,
  assetClasses,
  type DisposalKind,
  disposalKinds,
  type UseStatus,
  useStatuses,
} from '../asset/kinds.js';
import { yuan } from '../money.js';
import { refusal } from './entry.js';

export const assetRefusals = {
  ASSET_UNKNOWN: refusal<{ asset: string; registeredFrom?: string }>(
    404,
    (f) =>
      f.registeredFrom === undefined
        ? `没有资产${f.asset}。请在账套的资产登记簿中核对编号。`
        : `资产${f.asset}自${f.registeredFrom}起才登记。请改用该日及以后的日期。`,
    (f) =>
      f.registeredFrom === undefined
        ? `There is no asset ${f.asset}. Look its number up in the asset register of the book.`
        : `Asset ${f.asset} is registered only from ${f.registeredFrom}. Use that date or a later one.`,
  ),
  ASSET_CATEGORY: refusal<{ category: AssetCategory; class: AssetClass; categories: readonly AssetCategory[] }>(
    422,
    (f) =>
      `类别“${assetCategories[f.category].zh}”(${f.category})不属于${assetClasses[f.class].zh}(${f.class})。请改选:${f.categories.join('、')}。`,
    (f) =>
      `The category ${assetCategories[f.category].en} (${f.category}) does not belong to the class ${assetClasses[f.class].en} (${f.class}). Choose one of: ${f.categories.join(', ')}.`,
  ),
  ASSET_ACQUISITION: refusal<{ costFen: number; said: number }>(
    422,
    (f) =>
      `原值${yuan(f.costFen)}元的资产给出了${f.said}种入账方式。有原值的须在acquisition(本次入账)和opening(期初已入账)中填一项,没有原值的都不填。`,
    (f) =>
      `An asset with a cost of ${yuan(f.costFen)} yuan names ${f.said} ways into the books. One with a cost has either acquisition (posted now) or opening (in the opening balances); one without has neither.`,
  ),
  ASSET_OPENING_DATE: refusal<{ date: string; startPeriod: string }>(
    422,
    (f) =>
      `账套自${f.startPeriod}启用,而日期为${f.date}。启用前的资产用opening登记,启用后的取得、改良和处置才记账。请核对日期。`,
    (f) =>
      `The book starts in ${f.startPeriod}, and the date is ${f.date}. Assets of before are registered with opening; what happens from then on is posted. Check the date.`,
  ),
  ASSET_ALREADY_DISPOSED: refusal<{ asset: string; name: string; disposedOn: string; kind: DisposalKind }>(
    422,
    (f) => `资产${f.asset} ${f.name}已于${f.disposedOn}${disposalKinds[f.kind].zh},不能再变更或处置。`,
    (f) =>
      `Asset ${f.asset} ${f.name} was disposed of on ${f.disposedOn} (${disposalKinds[f.kind].en}); it can be neither changed nor disposed of again.`,
  ),
  ASSET_CHANGED_LATER: refusal<{ asset: string; effectiveOn: string; changedOn: string }>(
    422,
    (f) => `资产${f.asset}在${f.changedOn}还有记录,不能在${f.effectiveOn}处置。请用${f.changedOn}及以后的日期。`,
    (f) =>
      `Something is recorded of asset ${f.asset} on ${f.changedOn}, so it cannot have been disposed of on ${f.effectiveOn}. Use ${f.changedOn} or a later date.`,
  ),
  ASSET_ALREADY_IDLE: refusal<{ asset: string; since: string }>(
    422,
    (f) => `资产${f.asset}自${f.since}起已登记为闲置,无需再次登记。`,
    (f) => `Asset ${f.asset} is already marked idle since ${f.since}; it needs no second mark.`,
  ),
  ASSET_NOT_IDLE: refusal<{ asset: string; useStatus: UseStatus; effectiveOn: string }>(
    422,
    (f) =>
      `资产${f.asset}在${f.effectiveOn}的使用状态是${useStatuses[f.useStatus].zh},不是闲置,无需盘活。请先登记闲置或核对日期。`,
    (f) =>
      `Asset ${f.asset} was ${useStatuses[f.useStatus].en} on ${f.effectiveOn}, not idle, so there is nothing to activate. Mark it idle first, or check the date.`,
  ),
  ASSET_IDLE_SINCE: refusal<{ since: string; effectiveOn: string }>(
    422,
    (f) => `闲置起始日${f.since}晚于登记日期${f.effectiveOn}。请核对两个日期。`,
    (f) => `Idle since ${f.since} is later than the date of the mark, ${f.effectiveOn}. Check both dates.`,
  ),
  RESOURCE_HAS_NO_COST: refusal<{ category: AssetCategory; amountFen: number }>(
    422,
    (f) =>
      `资源性资产(${assetCategories[f.category].zh})按面积登记,不计价值,不能填金额(${yuan(f.amountFen)}元)、年限或入账方式。征收补偿等款项请另制凭证。`,
    (f) =>
      `A resource asset (${assetCategories[f.category].en}) is kept by area and has no cost: leave out amounts (${yuan(f.amountFen)} yuan), life, acquisition and opening. Book compensation by a voucher of its own.`,
  ),
  LAND_SALE_FORBIDDEN: refusal<{ asset: string; name: string; category: AssetCategory }>(
    422,
    (f) =>
      `${f.asset} ${f.name}是集体土地(${assetCategories[f.category].zh}),不得出售。可以发包、出租,被征收的按征收(REQUISITIONED)登记。`,
    (f) =>
      `${f.asset} ${f.name} is collective land (${assetCategories[f.category].en}) and may not be sold. Contract it out or lease it; record land that the state takes as REQUISITIONED.`,
  ),
  DEPRECIATION_EXCEEDS_COST: refusal<{ costFen: number; residualFen: number; accumulatedFen: number }>(
    422,
    (f) =>
      `原值${yuan(f.costFen)}元低于残值${yuan(f.residualFen)}元与累计折旧${yuan(f.accumulatedFen)}元之和。请核对金额。`,
    (f) =>
      `The cost of ${yuan(f.costFen)} yuan is less than the residual value of ${yuan(f.residualFen)} and the accumulated depreciation of ${yuan(f.accumulatedFen)} yuan together. Check the amounts.`,
  ),
  ASSET_LIFE_OVER: refusal<{ lifeMonths: number; usedMonths: number; remainingFen: number }>(
    422,
    (f) =>
      `使用年限${f.lifeMonths}个月,已使用${f.usedMonths}个月,尚有${yuan(f.remainingFen)}元无从分摊。请在lifeMonths填写新的总使用月数。`,
    (f) =>
      `The life is ${f.lifeMonths} months and ${f.usedMonths} are over, so nothing is left to spread ${yuan(f.remainingFen)} yuan over. Give the new whole life in lifeMonths.`,
  ),
  ASSET_POSTING_ACCOUNT: refusal<{ asset: string; account: string; exchangeable: readonly string[] }>(
    422,
    (f) =>
      `资产${f.asset}被拒绝的凭证没有可改用其他科目的${f.account}分录,${f.exchangeable.length === 0 ? '其科目由卡片决定,不能改用。' : `可以改用其他科目的是:${f.exchangeable.join('、')}。`}资产原值、累计折旧和评估差额的科目由卡片决定。`,
    (f) =>
      `No refused voucher of asset ${f.asset} has a line on ${f.account} that may stand on another account. ${f.exchangeable.length === 0 ? 'None of its lines may.' : `These may: ${f.exchangeable.join(', ')}.`} Cost, depreciation and what a revaluation finds stand where the card says.`,
  ),
  ASSET_POSTING_NOT_REFUSED: refusal<{ asset: string }>(
    422,
    (f) => `资产${f.asset}没有被账套拒绝的凭证,无需重试。尚未入账的会自动记账。`,
    (f) =>
      `No posting of asset ${f.asset} was refused by its book, so there is nothing to retry. What is not posted yet is posted by itself.`,
  ),
  DEPRECIATION_DUPLICATE_PERIOD: refusal<{ period: string; byPeriod: string; byVoucherNo: number }>(
    422,
    (f) => `${f.period}月份折旧已由${f.byPeriod} 记-${f.byVoucherNo}计提,不能重复计提。如有错误,请先冲销该凭证再计提。`,
    (f) =>
      `The depreciation of ${f.period} is already booked by 记-${f.byVoucherNo} of ${f.byPeriod}; it is not booked twice. If that is wrong, reverse the voucher and run the month again.`,
  ),
  NOTHING_TO_DEPRECIATE: refusal<{ period: string }>(
    422,
    (f) => `${f.period}没有需要计提折旧的资产。请先登记资产卡片(原值、投入使用日期和年限),折旧自次月起计提。`,
    (f) =>
      `There is nothing to depreciate in ${f.period}. Register the assets first, with cost, service date and life; depreciation starts the month after.`,
  ),
} as const;
