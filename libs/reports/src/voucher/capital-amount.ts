const DIGITS = [...'零壹贰叁肆伍陆柒捌玖'];
const UNITS = [
  [100_000_000, '亿'],
  [10_000, '万'],
  [1_000, '仟'],
  [100, '佰'],
  [10, '拾'],
] as const;

/** An amount in the Chinese capitals that nobody can alter (大写金额), as vouchers and cheques have it. */
export function capitalAmount(fen: number): string {
  const amount = Math.abs(fen);
  const sign = fen < 0 ? '负' : '';
  const whole = Math.trunc(amount / 100);
  const tenths = Math.trunc(amount / 10) % 10;
  const hundredths = amount % 10;
  if (tenths === 0 && hundredths === 0) return `${sign}${capitals(whole)}元整`;
  const front = whole === 0 ? '' : `${capitals(whole)}元`;
  const gap = whole === 0 ? '' : '零';
  const middle = tenths === 0 ? gap : `${capitals(tenths)}角`;
  return `${sign}${front}${middle}${hundredths === 0 ? '整' : `${capitals(hundredths)}分`}`;
}

/** Places that are empty between two digits are read as one 零. */
function capitals(whole: number): string {
  const unit = UNITS.find(([size]) => whole >= size);
  if (unit === undefined) return DIGITS[whole] ?? '';
  const [size, called] = unit;
  const rest = whole % size;
  const front = `${capitals(Math.trunc(whole / size))}${called}`;
  if (rest === 0) return front;
  return `${front}${rest < size / 10 ? '零' : ''}${capitals(rest)}`;
}
