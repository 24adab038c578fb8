import type { Receipt } from '@ledger/eventlog';
import type { Answer, RunningLedger } from './running-ledger.js';
import { expenseBody, incomeBody, SIGNED, VillageBooks, voucherBody } from './village-books.js';

const WRITERS = 8;
const YEAR = 2024;
const CLOSES_IN_ORDINARY_ROUND = 4;

interface Book {
  readonly id: string;
  /** How many months from the first on are closed, as far as was acknowledged. */
  closed: number;
}

interface Request {
  readonly key: string;
  readonly path: string;
  readonly body: object;
  /** The book of which this closes the oldest open month. */
  readonly closes?: Book;
}

export interface Unanswered extends Request {
  /** It was on its way when the ledger died, not sent to a ledger that was dead already. */
  readonly inFlight: boolean;
}

export interface Retried {
  readonly replayed: boolean;
  readonly receipt: Receipt | undefined;
}

export interface Writing {
  /** Ask for nothing more. */
  stop(): void;
  /** When the last writer has stopped: how many requests were acknowledged. */
  readonly ended: Promise<number>;
}

/** Eight accountants who write into many books without a pause, and remember what the ledger acknowledged. */
export class BusyTownship {
  readonly receipts: Receipt[] = [];
  unanswered: Unanswered[] = [];
  readonly #books: Book[] = [];
  #requests = 0;

  /** A book has one year to close: a round that closes one uses up a book, and any other round a third of one. */
  constructor(private readonly bookCount: number) {}

  get books(): readonly string[] {
    return this.#books.map(({ id }) => id);
  }

  async open(ledger: RunningLedger): Promise<void> {
    const villages = new VillageBooks(ledger);
    await villages.district();
    for (let i = 0; i < this.bookCount; i++) {
      const { id } = await villages.book({ startPeriod: `${YEAR}-01` });
      this.#books.push({ id, closed: 0 });
    }
  }

  /** All write until the ledger is dead or they are stopped; the first also closes months, or at once a whole year. */
  write(ledger: RunningLedger, options: { closeYear: boolean }): Writing {
    const before = this.receipts.length;
    const closing = options.closeYear ? this.#books.findLast(hasOpenMonth) : this.#books.find(hasOpenMonth);
    if (closing === undefined) throw new Error('every month of every book is closed; open more books');
    const stopping = new AbortController();
    const writer = async (number: number): Promise<void> => {
      for (let n = 0; !stopping.signal.aborted; n++) {
        const closes =
          number === 0 && (options.closeYear ? n >= 25 : n % 20 === 19 && n < 20 * CLOSES_IN_ORDINARY_ROUND);
        const request = closes && hasOpenMonth(closing) ? this.#close(closing) : this.#entry(number, n);
        if (!(await this.#ask(ledger, request))) return;
      }
    };
    const ended = Promise.all(Array.from({ length: WRITERS }, (_, number) => writer(number)));
    return {
      stop: () => stopping.abort(),
      ended: ended.then(() => this.receipts.length - before),
    };
  }

  /** Sends what was never answered once more, all at once, with the same keys and bodies. */
  async retry(ledger: RunningLedger): Promise<Retried[]> {
    const { unanswered } = this;
    this.unanswered = [];
    return Promise.all(
      unanswered.map(async (request) => {
        const answer = await send(ledger, request);
        const receipt = this.#answered(request, answer);
        return { receipt, replayed: answer.headers.get('idempotency-replayed') === 'true' };
      }),
    );
  }

  async #ask(ledger: RunningLedger, request: Request): Promise<boolean> {
    let answer: Answer<Receipt>;
    try {
      answer = await send(ledger, request);
    } catch (error) {
      // Undici's word for a connection that broke; whatever else went wrong must be heard.
      if ((error as Error).name !== 'TypeError') throw error;
      const { code } = ((error as Error).cause ?? {}) as { code?: string };
      this.unanswered.push({ ...request, inFlight: code !== 'ECONNREFUSED' });
      return false;
    }
    this.#answered(request, answer);
    return true;
  }

  /** The one refusal that may come is that the month was closed meanwhile; it must have left nothing behind. */
  #answered(request: Request, { status, body, text }: Answer<Receipt>): Receipt | undefined {
    if (status !== 201) {
      const { code } = body as unknown as { code?: string };
      if (code === 'PERIOD_CLOSED' && request.closes === undefined) return undefined;
      throw new Error(`${request.path}: ${status} ${text}`);
    }
    this.receipts.push(body);
    if (request.closes !== undefined) request.closes.closed++;
    return body;
  }

  /** The next month of a book; December closes with its year. */
  #close(book: Book): Request {
    const period = periodAt(book.closed);
    const key = this.#key();
    const closed = { closedBy: 'director-1' };
    return book.closed === 11
      ? { key, path: `/books/${book.id}/years/${YEAR}/close`, body: { ...closed, ...SIGNED }, closes: book }
      : { key, path: `/books/${book.id}/periods/${period}/close`, body: closed, closes: book };
  }

  /** Income, expense and vouchers by turns, in the oldest open month, the next one, or too late for a closed one. */
  #entry(writer: number, n: number): Request {
    const book = this.#books[(writer + n) % this.#books.length];
    if (book === undefined) throw new Error('no books are open');
    const late = n % 17 === 3 && book.closed > 0;
    const month = late ? book.closed - 1 : book.closed + (n % 5 === 0 ? 1 : 0);
    const day = `${periodAt(month)}-${String(1 + (n % 28)).padStart(2, '0')}`;
    const key = this.#key();
    const more = { sourceDocument: key, ...(late ? { correction: { reason: '票据迟到' } } : {}) };
    const amountFen = 100 + (n % 1000);
    if (n % 3 === 0) return { key, path: `/books/${book.id}/income`, body: incomeBody(day, amountFen, more) };
    if (n % 3 === 1) return { key, path: `/books/${book.id}/expenses`, body: expenseBody(day, amountFen, more) };
    const lines = [
      { account: '102', side: 'debit', amountFen: 3 * amountFen },
      { account: '50102', side: 'credit', amountFen },
      { account: '51302', side: 'credit', amountFen: 2 * amountFen },
    ];
    return { key, path: `/books/${book.id}/vouchers`, body: voucherBody(day, lines, more) };
  }

  #key(): string {
    return `request-${++this.#requests}`;
  }
}

function hasOpenMonth({ closed }: Book): boolean {
  return closed < 12;
}

function send(ledger: RunningLedger, { key, path, body }: Request): Promise<Answer<Receipt>> {
  return ledger.post<Receipt>(path, body, { 'idempotency-key': key });
}

function periodAt(month: number): string {
  return `${YEAR + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
}
