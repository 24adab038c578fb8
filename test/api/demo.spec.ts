import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commandIdOf, fingerprintOf, isCreditCode, openLedger } from '@ledger/domain';
import { NO_STREAM, openSqliteLog, openSqliteLogForReading, type RecordedFact } from '@ledger/eventlog';
import { validateSync } from 'class-validator';
import { journalOf } from '../../apps/api/src/demo/journal.js';
import { type Progress, recordDemo } from '../../apps/api/src/demo/record-demo.js';
import { villages } from '../../apps/api/src/demo/villages.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

interface Line {
  account: string;
  side: 'debit' | 'credit';
  amountFen: number;
  project?: string;
  party?: string;
  grant?: string;
  settles?: { period: string; voucherNo: number };
}

interface Told {
  position: number;
  recordedAt: string;
  stream: string;
  type: string;
  division: string;
  effectiveOn: string;
  data: {
    book: string;
    period: string;
    bookedOn: string;
    voucherNo: number;
    kind?: string;
    lines?: Line[];
    origin?: string;
    corrects?: { period: string; reason: string };
    reverses?: { period: string; voucherNo: number };
    nonRecurring?: boolean;
    sourceDocument?: string;
    preparedBy?: string;
    balances?: Line[];
  };
}

const XIEJIAWU = '330603008201';
const YEJIAYAN = '330603002201';
const WANGHUA = '330603105201';
const SONGJIADIAN = '330603105202';
const TANGDI = '330603111201';
const NAME = 'keqiao.demo';

describe('the demo ledger', () => {
  const directory = temporaryDirectory();
  let recorded: RecordedFact[];
  let facts: Told[];
  let postings: Told[];

  beforeAll(async () => {
    const startedMs = Date.now();
    await recordDemo({ directory: directory.path, name: NAME }, () => undefined);
    process.stdout.write(`the demo was recorded in ${Date.now() - startedMs} ms\n`);
    recorded = await readAll(directory.path);
    facts = recorded.map(told);
    postings = facts.filter(({ data }) => data.voucherNo !== undefined);
  });
  afterAll(() => directory.remove());

  /** Credits less debits of a village's business of 2024, closing vouchers left out. */
  const earnedFen = (division: string, accounts: RegExp, wanted: (line: Line, fact: Told) => boolean = () => true) => {
    let sumFen = 0;
    for (const fact of postings) {
      if (fact.division !== division || fact.data.kind === 'closing') continue;
      if (!fact.effectiveOn.startsWith('2024')) continue;
      for (const line of fact.data.lines ?? []) {
        if (!accounts.test(codeOf(line)) || !wanted(line, fact)) continue;
        sumFen += line.side === 'credit' ? line.amountFen : -line.amountFen;
      }
    }
    return sumFen;
  };
  const balancesFen = (division: string, to: string): Map<string, number> => {
    const balances = new Map<string, number>();
    for (const { division: of, data } of facts) {
      if (of !== division || data.lines === undefined || data.period > to) continue;
      for (const line of data.lines) {
        const net = line.side === 'debit' ? line.amountFen : -line.amountFen;
        balances.set(codeOf(line), (balances.get(codeOf(line)) ?? 0) + net);
      }
    }
    return balances;
  };

  it('opens as a demo and registers the district, eight townships and ten villages', () => {
    expect(facts[0]).toMatchObject({ type: 'LedgerOpened', data: { name: NAME, demo: true } });
    expect(ofType('DivisionRegistered')).toHaveLength(19);
    expect(ofType('OrganizationRegistered')).toHaveLength(10);
    expect(ofType('BookOpened')).toHaveLength(10);
    expect(ofType('OpeningBalancesRecorded')).toHaveLength(10);
  });

  it('says of every fact but the first where its numbers come from', () => {
    for (const { data } of facts.slice(1)) expect(['SEED', 'SYNTHETIC']).toContain(data.origin);
    const seeds = new Set(facts.filter(({ data }) => data.origin === 'SEED').map(({ division }) => division));
    expect(seeds).toEqual(new Set([XIEJIAWU, YEJIAYAN, WANGHUA]));
  });

  it('reproduces the published figures of 2024 to the fen', () => {
    expect(earnedFen(XIEJIAWU, /^50[12]/)).toBe(6_980_000_00);
    expect(earnedFen(YEJIAYAN, /^50[1-4]/)).toBe(3_400_000_00);
    expect(earnedFen(WANGHUA, /^50[1-4]/, ({ project }) => project === 'idle-activation')).toBe(300_000_00);
  });

  it('marks exactly the entries of those figures as SEED', () => {
    expect(earnedFen(XIEJIAWU, /^50/, isSeed)).toBe(6_980_000_00);
    expect(earnedFen(YEJIAYAN, /^50/, isSeed)).toBe(3_400_000_00);
    expect(earnedFen(WANGHUA, /^50/, isSeed)).toBe(300_000_00);
  });

  it('leaves Yejiayan with assets of 40,120,000.00 at the end of the year', () => {
    let assetsFen = 0;
    for (const [code, net] of balancesFen(YEJIAYAN, '2024-12')) if (code.startsWith('1')) assetsFen += net;
    expect(assetsFen).toBe(40_120_000_00);
  });

  it('gives every village half a million of operating income and more', () => {
    for (const { code } of villages) expect(earnedFen(code, /^50[12]/)).toBeGreaterThanOrEqual(500_000_00);
  });

  it('never lets a bank account, a receivable or a debt change sides', () => {
    for (const { code } of villages) {
      for (let month = 1; month <= 12; month++) {
        const balances = balancesFen(code, `2024-${String(month).padStart(2, '0')}`);
        for (const account of ['101', '102', '112', '113', '151']) {
          expect(balances.get(account) ?? 0).toBeGreaterThanOrEqual(0);
        }
        for (const account of ['152', '211', '212', '241', '301', '311']) {
          expect(balances.get(account) ?? 0).toBeLessThanOrEqual(0);
        }
      }
    }
  });

  it('opens each book with both sides equal', () => {
    for (const { data } of ofType('OpeningBalancesRecorded')) {
      const lines = data.lines ?? [];
      const sum = (side: string) => lines.filter((l) => l.side === side).reduce((total, l) => total + l.amountFen, 0);
      expect(sum('debit')).toBe(sum('credit'));
    }
  });

  it('closes every month of all villages, but leaves the December of Songjiadian open', () => {
    for (const { code } of villages) {
      const closed = ofType('PeriodClosed').filter(({ division }) => division === code);
      expect(closed.map(({ data }) => data.period)).toEqual(monthsUpTo(code === SONGJIADIAN ? 11 : 12));
    }
    const years = ofType('YearClosed');
    expect(years).toHaveLength(9);
    expect(new Set(years.map(({ recordedAt }) => shanghai(recordedAt).slice(0, 10)))).toEqual(new Set(['2025-01-15']));
    expect(years.map(({ division }) => division)).not.toContain(SONGJIADIAN);
    expect(postings.some(({ division, data }) => division === SONGJIADIAN && data.period === '2024-12')).toBe(true);
  });

  it('sets part of the surplus aside in each closed year', () => {
    const toReserve = postings.filter(
      ({ data }) => data.kind === 'closing' && data.lines?.some((l) => codeOf(l) === '311'),
    );
    expect(toReserve).toHaveLength(9);
  });

  it('books the forgotten rent of February in April, once February and March are closed', () => {
    const corrections = postings.filter(({ data }) => data.corrects !== undefined);
    expect(corrections).toHaveLength(1);
    const [correction] = corrections;
    expect(correction).toMatchObject({
      type: 'IncomeRecorded',
      division: YEJIAYAN,
      effectiveOn: '2024-02-20',
      data: { period: '2024-04', bookedOn: '2024-04-12', corrects: { period: '2024-02' } },
    });
    expect(correction?.data.lines?.map(({ amountFen }) => amountFen)).toEqual([12_800_00, 12_800_00]);
    expect(shanghai(correction?.recordedAt ?? '')).toMatch(/^2024-04-12T09:/);
    const closes = ofType('PeriodClosed').filter(
      ({ division, position }) => division === YEJIAYAN && position < (correction?.position ?? 0),
    );
    expect(closes.map(({ data }) => data.period)).toEqual(monthsUpTo(3));
    // The README tells this story with these very numbers.
    expect(correction).toMatchObject({ position: 587, stream: 'ledger-9bbe248e-f7e0-8a49-a85a-8cc9ab1621ff-2024' });
    const february = (until: number) =>
      earnedFen(YEJIAYAN, /^50/, (_, f) => f.effectiveOn.startsWith('2024-02') && f.position <= until);
    expect([february(586), february(587)]).toEqual([116_390_00, 129_190_00]);
  });

  it('takes back a slip of the pen in red and enters the same paper again', () => {
    const [reversal, ...others] = postings.filter(({ data }) => data.reverses !== undefined);
    expect(others).toEqual([]);
    expect(reversal).toMatchObject({ type: 'VoucherReversed', division: TANGDI, data: { period: '2024-05' } });
    const samePaper = postings.filter(({ data }) => data.sourceDocument === reversal?.data.sourceDocument);
    expect(
      samePaper.filter(({ division }) => division === TANGDI).map(({ data }) => data.lines?.[0]?.amountFen),
    ).toEqual([82_480_00, -82_480_00, 28_480_00]);
  });

  it('settles receivables with the income that they came from', () => {
    let settled = 0;
    for (const { division, data } of postings) {
      for (const { settles, amountFen } of data.lines ?? []) {
        if (settles === undefined) continue;
        settled++;
        const [income] = postings.filter(
          (p) => p.division === division && p.data.period === settles.period && p.data.voucherNo === settles.voucherNo,
        );
        expect(income?.type).toBe('IncomeRecorded');
        expect(income?.data.lines?.[0]?.amountFen).toBe(amountFen);
      }
    }
    expect(settled).toBeGreaterThan(20);
  });

  it('holds a grant, something out of the ordinary, and January business before the close of December', () => {
    expect(postings.some(({ data }) => data.lines?.some((l) => codeOf(l) === '241' && l.side === 'credit'))).toBe(true);
    expect(postings.filter(({ data }) => data.nonRecurring === true)).not.toEqual([]);
    const january = postings.filter(({ data }) => data.period === '2025-01');
    expect(new Set(january.map(({ division }) => division))).toEqual(new Set([XIEJIAWU]));
    const [close] = ofType('YearClosed').filter(({ division }) => division === XIEJIAWU);
    for (const { position } of january) expect(position).toBeLessThan(close?.position ?? 0);
  });

  it('records in office hours, in the month itself or the first days of the next', () => {
    for (const { recordedAt, effectiveOn, data } of facts.slice(1)) {
      expect(shanghai(recordedAt)).toMatch(/T(09|1[0-5]):/);
      if (data.voucherNo === undefined || data.corrects !== undefined || data.kind === 'closing') continue;
      const days = (Date.parse(recordedAt) - Date.parse(`${effectiveOn}T00:00:00+08:00`)) / 86_400_000;
      expect(days).toBeGreaterThan(0);
      expect(days).toBeLessThan(20);
    }
  });

  it('is the same ledger on every run', async () => {
    const other = temporaryDirectory();
    await recordDemo({ directory: other.path, name: NAME }, () => undefined);
    expect(leavesOf(await readAll(other.path))).toEqual(leavesOf(recorded));
    other.remove();
  });

  it('adds nothing when it is called again', async () => {
    const asked: Progress[] = [];
    await recordDemo({ directory: directory.path, name: NAME }, (progress) => asked.push(progress));
    expect(asked).toEqual([]);
    expect(leavesOf(await readAll(directory.path))).toEqual(leavesOf(recorded));
  });

  it('is finished after an interruption, and is then the same ledger', async () => {
    const other = temporaryDirectory();
    for (const stop of [1, 100]) {
      await expect(recordDemo({ directory: other.path, name: NAME }, stopAt(stop))).rejects.toThrow('the power went');
    }
    expect((await readAll(other.path)).length).toBeLessThan(recorded.length);
    await recordDemo({ directory: other.path, name: NAME }, () => undefined);
    expect(leavesOf(await readAll(other.path))).toEqual(leavesOf(recorded));
    other.remove();
  });

  it.each([true, false])('leaves a ledger with facts of its own alone (demo: %s)', async (demo) => {
    const other = temporaryDirectory();
    const log = openSqliteLog(other.path);
    for (const name of ['qianmei', 'houbei']) {
      await log.append({
        stream: `origin-${name}`,
        expectedRevision: NO_STREAM,
        facts: [openLedger(name, demo, '2024-01-01')],
        by: { actor: 'ledger', commandId: commandIdOf('ledger', name) },
        fingerprint: fingerprintOf(name, {}),
      });
    }
    await log.close();
    await recordDemo({ directory: other.path, name: NAME }, () => undefined);
    expect(await readAll(other.path)).toHaveLength(2);
    other.remove();
  });

  function ofType(type: string): Told[] {
    return facts.filter((fact) => fact.type === type);
  }
});

describe('what the demo sends', () => {
  it('has the shapes that the API asks for', () => {
    for (const village of villages) {
      for (const { command } of journalOf(village, 'book-1')) expect(validateSync(command)).toEqual([]);
    }
  });

  it('names collectives by codes whose inner organisation code (GB 11714) checks too', () => {
    const codes = villages.map(({ creditCode }) => creditCode);
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) {
      expect(isCreditCode(code)).toBe(true);
      const sum = [3, 7, 9, 10, 5, 8, 4, 2].reduce(
        (s, weight, i) => s + weight * Number.parseInt(code.charAt(8 + i), 36),
        0,
      );
      expect(code.charAt(16)).toBe('0123456789X0'.charAt(11 - (sum % 11)));
    }
  });
});

function isSeed(_: Line, { data }: Told): boolean {
  return data.origin === 'SEED';
}

function stopAt(stop: number): (progress: Progress) => void {
  return ({ done }) => {
    if (done === stop) throw new Error('the power went');
  };
}

async function readAll(directory: string): Promise<RecordedFact[]> {
  const log = openSqliteLogForReading(directory);
  const facts = await log.readAfter(0, 100_000);
  await log.close();
  return facts;
}

function told({ position, recordedAtMs, fact }: RecordedFact): Told {
  return { ...(JSON.parse(fact) as Told), position, recordedAt: new Date(recordedAtMs).toISOString() };
}

function leavesOf(facts: readonly RecordedFact[]): string[] {
  return facts.map(({ leaf }) => leaf);
}

function codeOf(line: Line): string {
  return line.account.replace(/^.*:/, '');
}

function shanghai(instant: string): string {
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString();
}

function monthsUpTo(month: number): string[] {
  return Array.from({ length: month }, (_, index) => `2024-${String(index + 1).padStart(2, '0')}`);
}
