const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A number whose check digit fits, of a place that there is not: nobody has it. */
export function residentIdOf(serial: number, { born = '19010101' }: { born?: string } = {}): string {
  const body = `999999${born}${String(serial).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(body.charAt(i)), 0);
  return `${body}${'10X98765432'.charAt(sum % 11)}`;
}

/** People who are made up, each with words that stand nowhere else: what a search looks for. */
export function madeUpPeople(serial: number) {
  const digits = String(serial).padStart(4, '0');
  return {
    name: `测试${'甲乙丙丁戊己庚辛壬癸'.charAt(serial % 10)}氏`,
    residentId: residentIdOf(serial),
    phone: `1390000${digits}`,
    address: `虚拟自然村${digits}弄`,
    bankAccount: `622000000000${digits}`,
  };
}
