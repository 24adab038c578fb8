import { refusal } from './entry.js';

const SIGNED_AS = {
  preparedBy: ['制单', 'prepares'],
  closedBy: ['结账', 'closes'],
} as const;

/** Who leaves has been an accountant of the book by the day, and who comes is one on it. */
const NO_ACCOUNTANT = {
  from: {
    zh: ['截至', '从未任', '移交人'],
    en: (on: string, book: string) => `was never an accountant of book ${book} up to ${on} and cannot hand it over`,
  },
  to: {
    zh: ['在', '不是', '接管人'],
    en: (on: string, book: string) => `is no accountant of book ${book} on ${on} and cannot take it over`,
  },
} as const;

/** Who keeps a book, after one accountant has handed it over to another. */
export const handoverRefusals = {
  HANDOVER_REQUIRED: refusal<{
    book: string;
    from: string;
    to: string;
    effectiveOn: string;
    /** Who has it now: the one whom it was handed to, or who took over from him. */
    keptBy: string;
    as: keyof typeof SIGNED_AS;
  }>(
    422,
    (f) =>
      `${f.from}已于${f.effectiveOn}将账套${f.book}移交给${f.to},不能再在该账套${SIGNED_AS[f.as][0]}。请由${f.keptBy}或该账套的其他会计${SIGNED_AS[f.as][0]};已送审的请审核人退回,由${f.keptBy}重新填报。${f.from}需要重新管账的,请先办理移交给${f.from}的交接。`,
    (f) =>
      `${f.from} handed book ${f.book} over to ${f.to} on ${f.effectiveOn} and ${SIGNED_AS[f.as][1]} nothing more in it. Let ${f.keptBy} or another accountant of the book sign instead; what was submitted before is returned by a reviewer and submitted anew by ${f.keptBy}. If ${f.from} is to keep the book again, record a handover to ${f.from} first.`,
  ),
  ALREADY_HANDED_OVER: refusal<{ book: string; from: string; to: string; effectiveOn: string }>(
    422,
    (f) =>
      `${f.from}已于${f.effectiveOn}将账套${f.book}移交给${f.to},没有可再移交的。请核对移交人,或查看该账套的交接记录。`,
    (f) =>
      `${f.from} handed book ${f.book} over to ${f.to} on ${f.effectiveOn} already and has nothing left to hand over. Check who leaves, or see the handovers of the book.`,
  ),
  HANDOVER_PREPARER: refusal<{ preparedBy: string; from: string; to: string }>(
    422,
    (f) => `交接须由移交人${f.from}或接管人${f.to}填报,${f.preparedBy}不是其中之一。请由两人之一填报,由监交人审核。`,
    (f) =>
      `A handover is filled in by who hands over (${f.from}) or who takes over (${f.to}), and ${f.preparedBy} is neither. Let one of the two fill it in, and the witness review it.`,
  ),
  HANDOVER_NOT_ACCOUNTANT: refusal<{
    book: string;
    person: string;
    effectiveOn: string;
    as: keyof typeof NO_ACCOUNTANT;
  }>(
    422,
    (f) => {
      const [at, isNot, as] = NO_ACCOUNTANT[f.as].zh;
      return `${f.person}${at}${f.effectiveOn}${isNot}账套${f.book}的会计,不能作为${as}。请核对人员和交接日期;确由其管账的,请系统管理员先按实际起止日期授予会计角色。`;
    },
    (f) =>
      `${f.person} ${NO_ACCOUNTANT[f.as].en(f.effectiveOn, f.book)}. Check the person and the day of the handover; if the book is kept by him, have the system administrator grant him the role of its accountant for the actual days first.`,
  ),
  HANDOVER_BEFORE_START: refusal<{ book: string; effectiveOn: string; startPeriod: string }>(
    422,
    (f) => `账套${f.book}自${f.startPeriod}启用,此前没有可移交的账,不能在${f.effectiveOn}交接。请核对交接日期。`,
    (f) =>
      `Book ${f.book} starts in ${f.startPeriod}; before it there is nothing to hand over, so not on ${f.effectiveOn}. Check the day of the handover.`,
  ),
  HANDOVER_ORDER: refusal<{ book: string; person: string; effectiveOn: string; lastOn: string }>(
    422,
    (f) =>
      `${f.person}在账套${f.book}最近一次交接是${f.lastOn},这次不能早于那天(所填${f.effectiveOn})。请核对交接日期。`,
    (f) =>
      `The last handover of ${f.person} in book ${f.book} was on ${f.lastOn}, so this one cannot be on ${f.effectiveOn}, before it. Check the day of the handover.`,
  ),
} as const;
