import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type Fact, factIdOf, type PeriodClose, type Posting } from '@ledger/domain';
import type { Receipt } from '@ledger/eventlog';
import type { RunningLedger } from './running-ledger.js';

interface EventRow {
  readonly position: number;
  readonly recordedAt: string;
  readonly leaf: string;
  readonly fact: string;
}

/** What an auditor keeps of a ledger: every fact, checked one after the other as it came through `GET /events`. */
export class LogCopy {
  /** The net of every account of every book, debit less credit: a plain sum over the lines. */
  readonly netFen = new Map<string, Map<string, number>>();
  readonly #leaves: string[] = [];
  readonly #appends = new Map<string, Receipt>();
  readonly #revisions = new Map<string, number>();
  readonly #voucherNos = new Map<string, number>();
  #lastCommand = '';
  /** The command that has begun to close a year: until `YearClosed` nothing else may come. */
  #closing: string | undefined;

  get facts(): number {
    return this.#leaves.length;
  }

  get appends(): number {
    return this.#appends.size;
  }

  /** Reads the whole log from its first fact on. What was read before must be there still, and nothing else before it. */
  async read(ledger: RunningLedger): Promise<void> {
    let cursor = '';
    let position = 0;
    let recordedAt = '';
    for (;;) {
      const { body } = await ledger.get<{ rows: EventRow[]; next: string }>(`/events?limit=1000${cursor}`);
      for (const row of body.rows) {
        assert.equal(row.position, ++position, 'positions are dense from 1');
        assert.ok(row.recordedAt >= recordedAt, `recordedAt goes back at position ${position}`);
        assert.equal(row.leaf, leafOf(row), `the leaf at position ${position}`);
        if (position > this.#leaves.length) this.#add(row);
        assert.equal(row.leaf, this.#leaves[position - 1], `the fact at position ${position} has changed`);
        recordedAt = row.recordedAt;
      }
      if (body.rows.length === 0) break;
      cursor = `&after=${body.next}`;
    }
    assert.equal(position, this.#leaves.length, 'the log has lost its end');
    assert.equal(this.#closing, undefined, 'a year close is torn');
  }

  /** A receipt was acknowledged: just its facts are there, whole, in its stream and at its revisions and positions. */
  mustHold(receipt: Receipt): void {
    const recorded = this.#appends.get(receipt.facts[0]?.id ?? '');
    assert.ok(recorded !== undefined, `${JSON.stringify(receipt)} is lost`);
    assert.equal(JSON.stringify(recorded), JSON.stringify(inOrder(receipt)));
  }

  #add({ position, leaf, fact: bytes }: EventRow): void {
    this.#leaves.push(leaf);
    const fact = JSON.parse(bytes) as Fact;
    const { stream, revision } = fact;
    assert.equal(revision, (this.#revisions.get(stream) ?? -1) + 1, `revisions of ${stream} are dense`);
    this.#revisions.set(stream, revision);
    this.#addToAppend(fact, position);
    this.#watchYearClose(fact);
    if (/^(Income|Expense)Recorded$|^Voucher(Posted|Reversed)$/.test(fact.type)) this.#post(fact.data as Posting);
    if (fact.type === 'PeriodClosed') {
      const { book, period, vouchers } = fact.data as PeriodClose;
      assert.equal(vouchers, this.#voucherNos.get(`${book} ${period}`) ?? 0, `vouchers in the close of ${period}`);
    }
  }

  /** Facts of one command stand next to each other and are counted by their ids, so no command can be there twice. */
  #addToAppend({ commandId, id, stream, type, revision }: Fact, position: number): void {
    const first = factIdOf(commandId, 0);
    if (commandId !== this.#lastCommand) assert.ok(!this.#appends.has(first), `command ${commandId} is there twice`);
    this.#lastCommand = commandId;
    const facts = [...(this.#appends.get(first)?.facts ?? [])];
    assert.equal(id, factIdOf(commandId, facts.length), `facts of command ${commandId}`);
    facts.push({ id, type, revision });
    this.#appends.set(first, { position, stream, revision, facts });
  }

  #watchYearClose({ commandId, type, data }: Fact): void {
    assert.equal(this.#closing ?? commandId, commandId, 'a year close is torn');
    const { kind, period = '' } = data as Partial<Posting>;
    if (kind === 'closing' || (type === 'PeriodClosed' && period.endsWith('-12'))) this.#closing = commandId;
    if (type === 'YearClosed') this.#closing = undefined;
  }

  #post({ book, period, voucherNo, lines }: Posting): void {
    const month = `${book} ${period}`;
    assert.equal(
      voucherNo,
      (this.#voucherNos.get(month) ?? 0) + 1,
      `voucher numbers of ${month} have no gap or repeat`,
    );
    this.#voucherNos.set(month, voucherNo);
    const accounts = this.netFen.get(book) ?? new Map<string, number>();
    this.netFen.set(book, accounts);
    let balanceFen = 0;
    for (const { account, side, amountFen } of lines) {
      const net = side === 'debit' ? amountFen : -amountFen;
      balanceFen += net;
      accounts.set(account, (accounts.get(account) ?? 0) + net);
    }
    assert.equal(balanceFen, 0, `voucher ${voucherNo} of ${month} balances`);
  }
}

function inOrder({ position, stream, revision, facts }: Receipt): Receipt {
  return {
    position,
    stream,
    revision,
    facts: facts.map((fact) => ({ id: fact.id, type: fact.type, revision: fact.revision })),
  };
}

/** From its definition, not by our own code. */
function leafOf({ position, recordedAt, fact }: EventRow): string {
  return createHash('sha256').update(`\0{"position":${position},"recordedAt":"${recordedAt}"}\n${fact}`).digest('hex');
}
