import { type Line, redLetter } from '@ledger/accounting';
import { type FactDraft, fingerprintOf, type Posting, uuidV8, type VoucherRef } from '@ledger/domain';
import { type EventLog, NO_STREAM, openMemoryLog } from '@ledger/eventlog';

export const VILLAGE = '330603008201';
export const NEIGHBOUR = '330603008202';
export const TOWNSHIP = '330603008000';
export const DISTRICT = '330603000000';
export const BOOK = 'book-xiejiawu';
const COLLECTIVE = 'N2330603MF0000013M';

export const account = (code: string): string => `rural-collective-2024:${code}`;

/** `debit`, `credit` and an amount: the two lines of a simple voucher. */
export function lines(debit: string, credit: string, amountFen: number, project?: string): Line[] {
  const dimension = project === undefined ? {} : { project };
  return [
    { account: account(debit), side: 'debit', amountFen, summary: '记账', ...dimension },
    { account: account(credit), side: 'credit', amountFen, summary: '记账', ...dimension },
  ];
}

/** Writes facts straight into a log, without the rules: views must add up whatever stands there. */
export class VillageLedger {
  readonly #revisions = new Map<string, number>();
  #commands = 0;
  readonly #numbers = new Map<string, number>();

  constructor(readonly log: EventLog = openMemoryLog()) {}

  /** Appends facts together and returns the position of the last. */
  async append(stream: string, ...facts: FactDraft[]): Promise<number> {
    const expectedRevision = this.#revisions.get(stream) ?? NO_STREAM;
    const commandId = uuidV8(`command ${++this.#commands}`);
    const fingerprint = fingerprintOf('POST /facts', { command: this.#commands });
    const { receipt } = await this.log.append({
      stream,
      expectedRevision,
      facts,
      by: { actor: 'accountant-1', commandId },
      fingerprint,
    });
    this.#revisions.set(stream, receipt.revision);
    return receipt.position ?? 0;
  }

  async open(name = 'keqiao-demo'): Promise<number> {
    const data = { name, demo: true };
    return this.append(`origin-${name}`, fact('LedgerOpened', '2023-01-01', data, '000000000000'));
  }

  async division(code: string, name: string, effectiveOn = '2023-01-01', type = 'DivisionRegistered'): Promise<number> {
    return this.append(
      'divisions-330603',
      fact(type, effectiveOn, { code, name, level: 'village', parent: null }, code),
    );
  }

  /** The district, the township and two villages. */
  async divisions(): Promise<number> {
    await this.division(DISTRICT, '柯桥区');
    await this.division(TOWNSHIP, '兰亭镇');
    await this.division(NEIGHBOUR, '王家坞村');
    return this.division(VILLAGE, '谢家坞村');
  }

  async book(
    startPeriod = '2024-01',
    { id = BOOK, village = VILLAGE, organization = COLLECTIVE } = {},
  ): Promise<number> {
    const data = { book: id, organization, village, name: id, standard: 'rural-collective-2024', startPeriod };
    return this.append(`book-${id}`, fact('BookOpened', `${startPeriod}-01`, data, village));
  }

  async opening(period: string, balances: readonly object[], { book = BOOK } = {}): Promise<number> {
    const data = { book, period, part: 1, of: 1, lines: balances, ...signed };
    return this.append(`ledger-${book}-${period.slice(0, 4)}`, fact('OpeningBalancesRecorded', `${period}-01`, data));
  }

  /** A posting; in its own month and of its own day unless said otherwise. */
  posting(
    effectiveOn: string,
    said: { lines: readonly Line[] } & Partial<Posting> & { type?: string },
  ): FactDraft<string, Posting> {
    const { type = 'VoucherPosted', ...rest } = said;
    const period = said.period ?? effectiveOn.slice(0, 7);
    const book = said.book ?? BOOK;
    const count = `${book} ${period}`;
    const voucherNo = said.voucherNo ?? (this.#numbers.get(count) ?? 0) + 1;
    this.#numbers.set(count, voucherNo);
    const bookedOn = period === effectiveOn.slice(0, 7) ? effectiveOn : `${period}-01`;
    const posting = {
      book,
      period,
      bookedOn,
      voucherNo,
      kind: 'ordinary',
      summary: '记账',
      ...signed,
      ...rest,
    } as const;
    return fact(type, effectiveOn, posting);
  }

  async post(...said: Parameters<VillageLedger['posting']>): Promise<number> {
    const posting = this.posting(...said);
    return this.append(`ledger-${posting.data.book}-${posting.data.period.slice(0, 4)}`, posting);
  }

  async reverse(
    effectiveOn: string,
    reverses: VoucherRef,
    original: readonly Line[],
    period = reverses.period,
    more: Partial<Posting> = {},
  ): Promise<number> {
    const said = { type: 'VoucherReversed', kind: 'reversal', lines: redLetter(original), reverses, period } as const;
    return this.post(effectiveOn, { ...said, ...more });
  }

  async close(period: string, book = BOOK): Promise<number> {
    const data = { book, period, closedBy: 'officer-1', vouchers: 0, ledgerHash: '00', balances: [] };
    return this.append(`ledger-${book}-${period.slice(0, 4)}`, fact('PeriodClosed', `${period}-28`, data));
  }
}

const signed = { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1', attachmentCount: 0 };

export function fact<D extends object>(
  type: string,
  effectiveOn: string,
  data: D,
  division = VILLAGE,
): FactDraft<string, D> {
  return { type, version: 1, division, effectiveOn, data };
}
