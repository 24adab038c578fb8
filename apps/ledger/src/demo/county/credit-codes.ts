import { isCreditCode, isOrganizationCode } from '@ledger/domain';

const CHECKS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** A made-up code of a collective whose checks hold: that of the organisation code (GB 11714), and that of the whole. */
export function creditCodeOf(serial: number): string {
  const body = `MF${String(serial).padStart(6, '0')}`;
  const organization = [...CHECKS].map((check) => body + check).find(isOrganizationCode);
  const code = [...CHECKS].map((check) => `N2330603${organization}${check}`).find(isCreditCode);
  if (organization === undefined || code === undefined) throw new Error(`${body} has no check character`);
  return code;
}
