import { Refusal, validDivisionCode } from '@ledger/domain';
import { type KeptBookRow, ReadModel, voucherFact } from '@ledger/readmodel';
import { reportFormats, voucherPage } from '@ledger/reports';
import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { scopeOf } from '../access/permit.js';
import { READ_MODEL, RUNTIME, type Runtime } from '../boot/runtime.js';
import { wrongInput } from '../input.js';
import { periodInPath, voucherNoInPath } from '../path-fields.js';
import { known, versions } from './answers.js';
import { Reads } from './documented.js';
import { Moments } from './moments.js';
import { printedVoucher } from './printed-voucher.js';
import { AtQuery, BalancesQuery, BooksQuery, TrialBalanceQuery, VouchersQuery } from './queries.js';
import { answersPage } from './report-format.js';
import {
  accountRow,
  balanceRow,
  bookRow,
  list,
  object,
  trialBalanceRow,
  voucherRow,
  voucherWithLines,
} from './schemas.js';

const book = { type: 'string' };
const period = { type: 'string' };

@Controller('books')
export class BookReads {
  constructor(
    @Inject(READ_MODEL) private readonly views: ReadModel,
    @Inject(Moments) private readonly moments: Moments,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  @Get()
  @Reads(BooksQuery, {
    summary: '账套列表 · The books, of a division or all',
    answer: object({ rows: list(bookRow) }),
    refusals: [
      'DIVISION_CODE_INVALID',
      'DIVISION_UNKNOWN',
      'DIVISION_ABOLISHED',
      'DIVISION_RECODED',
      'VILLAGE_ABOLISHED',
    ],
  })
  async books(@Query() query: BooksQuery, @Req() request: FastifyRequest) {
    const at = await this.moments.resolve(query, request);
    const scope = scopeOf(request);
    const division = query.division === undefined ? undefined : validDivisionCode(query.division, 'division');
    if (division !== undefined) this.views.refuseUnknownDivision(division, at, scope, 'division');
    const selection = { books: 'all', ...(division === undefined ? {} : { division }) } as const;
    const rows = this.views.books(selection, at, scope).map(withoutNumbers);
    return { ...at, views: versions(this.views, 'book', 'book_standard', 'organization', 'division'), rows };
  }

  @Get(':id')
  @Reads(AtQuery, {
    summary: '账套 · A book, with the standards that it is kept under',
    answer: object({ book: bookRow }),
    refusals: ['BOOK_UNKNOWN'],
  })
  async book(@Param('id') id: string, @Query() query: AtQuery, @Req() request: FastifyRequest) {
    const at = await this.moments.resolve(query, request);
    const kept = known(this.views.keptBook(id, at, scopeOf(request)), id);
    const used = versions(this.views, 'book', 'book_standard', 'organization', 'division');
    return { ...at, views: used, book: withoutNumbers(kept) };
  }

  @Get(':id/accounts')
  @Reads(AtQuery, {
    summary: '账套科目 · The accounts of a book',
    answer: object({ book, rows: list(accountRow) }),
    refusals: ['BOOK_UNKNOWN'],
  })
  async accounts(@Param('id') id: string, @Query() query: AtQuery, @Req() request: FastifyRequest) {
    const at = await this.moments.resolve(query, request);
    return {
      ...at,
      views: versions(this.views, 'book', 'book_account', 'book_standard'),
      book: id,
      rows: known(this.views.accounts(id, at, scopeOf(request)), id),
    };
  }

  @Get(':id/balances')
  @Reads(BalancesQuery, {
    summary: '科目余额 · Balances of every account, as of any day and as known at any moment',
    answer: object({ book, rows: list(balanceRow) }),
    refusals: ['BOOK_UNKNOWN', 'BASIS_NOT_OFFERED'],
  })
  async balances(@Param('id') id: string, @Query() query: BalancesQuery, @Req() request: FastifyRequest) {
    refuseRestated(query);
    const scope = scopeOf(request);
    const at = await this.moments.resolve(query, request);
    known(this.views.book(id, at.knownAt, scope), id);
    const rows = this.views.balances([id], at, scope).map(({ book: _, ...row }) => row);
    return { ...at, views: versions(this.views, 'account_balance', 'entry', 'book'), book: id, rows };
  }

  @Get(':id/trial-balance')
  @Reads(TrialBalanceQuery, {
    summary: '科目余额表 · Trial balance of a month, before or after the closing vouchers',
    answer: object({
      book,
      period,
      closing: { type: 'string', enum: ['before', 'after'] },
      rows: list(trialBalanceRow),
    }),
    refusals: ['BOOK_UNKNOWN', 'BASIS_NOT_OFFERED'],
  })
  async trialBalance(@Param('id') id: string, @Query() query: TrialBalanceQuery, @Req() request: FastifyRequest) {
    refuseRestated(query);
    const scope = scopeOf(request);
    const { knownAt } = await this.moments.resolve(query, request);
    const { startPeriod } = known(this.views.book(id, knownAt, scope), id);
    if (query.period < startPeriod) {
      throw wrongInput(
        'period',
        `早于账套启用期间${startPeriod}`,
        `is before ${startPeriod}, the month in which the book starts`,
      );
    }
    const closing = query.closing ?? 'after';
    const rows = known(this.views.trialBalance(id, query.period, { knownAt, closing, scope }), id);
    return {
      knownAt,
      views: versions(this.views, 'account_balance', 'book'),
      book: id,
      period: query.period,
      closing,
      rows,
    };
  }

  @Get(':id/vouchers')
  @Reads(VouchersQuery, {
    summary: '凭证列表 · The vouchers of a month',
    answer: object({ book, period, rows: list(voucherRow) }),
    refusals: ['BOOK_UNKNOWN'],
  })
  async vouchers(@Param('id') id: string, @Query() query: VouchersQuery, @Req() request: FastifyRequest) {
    const at = await this.moments.resolve(query, request);
    const rows = known(this.views.vouchers(id, query.period, at, scopeOf(request)), id);
    return { ...at, views: versions(this.views, 'voucher', 'book'), book: id, period: query.period, rows };
  }

  @Get(':id/vouchers/:period/:voucherNo')
  @Reads(AtQuery, {
    summary: '记账凭证 · A voucher with its lines',
    answer: object({ voucher: voucherWithLines }),
    alsoAs: [reportFormats.html.mediaType],
    refusals: ['BOOK_UNKNOWN', 'VOUCHER_UNKNOWN'],
  })
  async voucher(
    @Param('id') id: string,
    @Param('period') periodText: string,
    @Param('voucherNo') voucherNo: string,
    @Query() query: AtQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const ref = { period: periodInPath(periodText), voucherNo: voucherNoInPath(voucherNo) };
    const scope = scopeOf(request);
    const at = await this.moments.resolve(query, request);
    known(this.views.book(id, at.knownAt, scope), id);
    const row = this.views.voucher(id, ref, at.knownAt, scope);
    // A voucher that was not yet booked on that day is not there, just as in the list.
    if (row === undefined || row.bookedOn > at.asOf) throw new Refusal('VOUCHER_UNKNOWN', ref, 'voucherNo');
    const fact = await voucherFact(this.runtime.log, row);
    const answer = {
      ...at,
      views: versions(this.views, 'voucher', 'book'),
      voucher: { ...row, lines: fact.data.lines, evidence: fact.evidence },
    };
    if (!answersPage(request, reply)) return answer;
    return voucherPage(printedVoucher(answer, this.runtime, scope));
  }
}

function refuseRestated({ basis }: Pick<BalancesQuery, 'basis'>): void {
  if (basis === 'restated') throw new Refusal('BASIS_NOT_OFFERED', { basis }, 'basis');
}

/** The numbers that the tables use are nobody else's affair. */
function withoutNumbers({
  number: _,
  startMonth: __,
  ...row
}: KeptBookRow): Omit<KeptBookRow, 'number' | 'startMonth'> {
  return row;
}
