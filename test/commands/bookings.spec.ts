import { afterEach, describe, expect, it } from '@jest/globals';
import {
  type Aggregate,
  BOOKKEEPER,
  type BookingsCheckpoint,
  type BookingsRun,
  type BookingSource,
  CommandHandling,
  divisionAggregate,
  ledgerAggregate,
  runBookings,
} from '@ledger/commands';
import { BookPosting, ClosePeriod, type Command, readFact, RegisterDivision, RenameDivision } from '@ledger/domain';
import { type EventLog, openMemoryLog } from '@ledger/eventlog';
import { asking, openVillageBook, VILLAGE } from '../support/asking.js';

/**
 * A village's new name asks for a voucher, and the outcome is another name: commands that are there anyway, so that the
 * process is seen without the rules of a project. The name says the amount, or that the wish is repeated, or that the
 * outcome finds nobody.
 */
function renames(book: string): BookingSource {
  return {
    types: ['DivisionRenamed'],
    bookingsOf({ data }) {
      const [, wish, fen] = /^分成(\d+)[^\d]+(\d+)分/.exec((data as { name: string }).name) ?? [];
      if (wish === undefined) return [];
      const to = (data as { name: string }).name.includes('失联') ? MISSING : VILLAGE;
      const amountFen = Number(fen);
      return [
        {
          name: `wish ${wish}`,
          posting: {
            book,
            effectiveOn: '2022-01-31',
            summary: '分成',
            lines: [
              { account: '102', side: 'debit', amountFen },
              { account: '501', side: 'credit', amountFen },
            ],
            preparedBy: 'accountant-1',
            reviewedBy: 'reviewer-1',
          },
          booked: ({ period, voucherNo }) => told(`已记 ${wish} ${period} ${voucherNo}`, to),
          refused: ({ code }) => told(`未记 ${wish} ${code}`, to),
        },
      ];
    },
  };
}

/** Not registered at first. */
const MISSING = '330603008299';

function told(name: string, code: string): Command {
  return Object.assign(new RenameDivision(), { code, name, effectiveOn: '2022-01-31' });
}

interface Told {
  readonly names: readonly string[];
  readonly vouchers: readonly number[];
}

class Scene {
  readonly log: EventLog;
  readonly handling: CommandHandling;
  readonly errors: unknown[] = [];
  saved: BookingsCheckpoint | undefined;
  #book = '';
  #now = Date.UTC(2022, 5, 15);

  constructor() {
    this.log = openMemoryLog({ now: () => this.#now });
    this.handling = new CommandHandling(this.log, { demo: false });
  }

  async open(): Promise<this> {
    const opening = { name: '账套', standard: 'village-2004', startPeriod: '2022-01' } as const;
    this.#book = await openVillageBook(asking(this.handling), opening);
    return this;
  }

  async wish(name: string): Promise<void> {
    await asking(this.handling)(divisionAggregate, RenameDivision, { code: VILLAGE, name, effectiveOn: '2022-01-31' });
  }

  async close(period: string): Promise<void> {
    await asking(this.handling)(ledgerAggregate, ClosePeriod, { book: this.#book, period, closedBy: 'head-1' });
  }

  later(): void {
    this.#now = Date.UTC(2022, 7, 15);
  }

  async start(
    saved?: BookingsCheckpoint,
    handle: (command: Command) => ReturnType<CommandHandling['handle']> = (command) => this.handle(command),
  ): Promise<BookingsRun> {
    const { log } = this;
    const save = (checkpoint: BookingsCheckpoint) => (this.saved = checkpoint);
    const onError = (error: unknown) => this.errors.push(error);
    return runBookings({ log, sources: [renames(this.#book)], handle, saved, save, onError });
  }

  handle(command: Command): ReturnType<CommandHandling['handle']> {
    const aggregate = (command instanceof BookPosting ? ledgerAggregate : divisionAggregate) as unknown as Aggregate;
    return this.handling.handle(aggregate, command);
  }

  /** Runs until everything recorded so far is gone through, then stops. */
  async run(saved?: BookingsCheckpoint): Promise<void> {
    const run = await this.start(saved);
    while (run.position < (await this.log.head())) await new Promise((resolve) => setTimeout(resolve, 5));
    await run.stop();
  }

  async told(): Promise<Told> {
    const facts = (await this.log.readAfter(0, 1000)).map(({ fact }) => readFact(fact));
    const names = facts
      .filter(({ type }) => type === 'DivisionRenamed')
      .map(({ data }) => (data as { name: string }).name);
    const vouchers = facts
      .filter(({ type }) => type === 'VoucherPosted')
      .map(({ data }) => (data as { lines: { amountFen: number }[] }).lines[0]?.amountFen ?? 0);
    return { names, vouchers };
  }
}

let running: BookingsRun | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});

describe('money that crosses streams', () => {
  it('lets commands and answers come between on the way through a long log', async () => {
    const scene = await new Scene().open();
    for (let name = 0; name < 2500; name++) await scene.wish(`名称${name}村`);
    const head = await scene.log.head();
    const seen: number[] = [];
    const run = await scene.start();
    running = run;
    while (run.position < head) {
      seen.push(run.position);
      await new Promise((resolve) => setImmediate(resolve));
    }
    // A thousand facts at a time; whoever else waits for the thread gets it after each.
    expect(seen.some((position) => position >= 1000 && position < 2000)).toBe(true);
    expect(seen.some((position) => position >= 2000 && position < head)).toBe(true);
  });

  it('is booked as it is asked for, by the ledger itself, naming what asked', async () => {
    const scene = await new Scene().open();
    await scene.wish('分成1:100分');
    await scene.run();
    expect(await scene.told()).toEqual({ names: ['分成1:100分', '已记 1 2022-01 1'], vouchers: [100] });
    const facts = (await scene.log.readAfter(0, 100)).map(({ fact }) => readFact(fact));
    const [wish, voucher, outcome] = facts.slice(-3);
    expect([voucher?.actor, outcome?.actor]).toEqual([BOOKKEEPER, BOOKKEEPER]);
    expect([voucher?.causationId, outcome?.causationId]).toEqual([wish?.id, wish?.id]);
    expect([voucher?.correlationId, outcome?.correlationId]).toEqual([wish?.correlationId, wish?.correlationId]);
  });

  it('is booked once, however often the log is gone through again', async () => {
    const scene = await new Scene().open();
    await scene.wish('分成1:100分');
    await scene.wish('分成2:200分');
    await scene.run();
    const once = await scene.told();
    const { saved } = scene;
    await scene.run();
    await scene.run(saved);
    await scene.run({ position: 3, leaf: 'f'.repeat(64) });
    expect(await scene.told()).toEqual(once);
    expect(once.vouchers).toEqual([100, 200]);
    expect(saved?.position).toBe(await scene.log.head());
  });

  it.each(['before the voucher', 'between voucher and outcome', 'after the outcome'] as const)(
    'is booked once when the process ends %s',
    async (when) => {
      const scene = await new Scene().open();
      await scene.wish('分成1:100分');
      const died = new Promise<void>((resolve) => {
        const handle = async (command: Command) => {
          const posting = command instanceof BookPosting;
          const before = when === 'before the voucher' ? posting : when === 'between voucher and outcome' && !posting;
          if (before) {
            resolve();
            return new Promise<never>(() => undefined);
          }
          const handled = await scene.handle(command);
          if (posting) return handled;
          resolve();
          return new Promise<never>(() => undefined);
        };
        void scene.start(undefined, handle);
      });
      await died;
      await scene.run();
      expect(await scene.told()).toEqual({ names: ['分成1:100分', '已记 1 2022-01 1'], vouchers: [100] });
    },
  );

  it('is listed as refused where the book refuses, and booked when it is asked for again', async () => {
    const scene = await new Scene().open();
    for (const period of ['2022-01', '2022-02', '2022-03', '2022-04', '2022-05']) await scene.close(period);
    scene.later();
    await scene.close('2022-06');
    await scene.close('2022-07');
    await scene.wish('分成1:100分');
    await scene.run();
    expect((await scene.told()).names).toEqual(['分成1:100分', '已记 1 2022-08 1']);
    await scene.wish('分成2:0分');
    await scene.run(scene.saved);
    await scene.wish('分成2 再次:50分');
    await scene.run(scene.saved);
    expect(await scene.told()).toEqual({
      names: [
        '分成1:100分',
        '已记 1 2022-08 1',
        '分成2:0分',
        '未记 2 AMOUNT_NOT_POSITIVE',
        '分成2 再次:50分',
        '已记 2 2022-08 2',
      ],
      vouchers: [100, 50],
    });
  });

  it('goes on with others where an outcome cannot be told, says so, and tries it again', async () => {
    const scene = await new Scene().open();
    await scene.wish('分成1:100分');
    running = await scene.start();
    while (scene.saved?.position !== (await scene.log.head())) await new Promise((resolve) => setTimeout(resolve, 5));
    await scene.wish('分成2 失联:200分');
    const lost = await scene.log.head();
    await scene.wish('分成3:300分');
    while ((await scene.told()).names.at(-1) !== '已记 3 2022-01 3')
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect(running.untold).toEqual([{ position: lost, code: 'DIVISION_UNKNOWN' }]);
    expect(running.position).toBe(lost - 1);
    expect(scene.errors).toHaveLength(1);
    // The next start comes across it again.
    expect(scene.saved.position).toBeLessThan(lost);
    const registered = { code: MISSING, name: '示例村', effectiveOn: '2022-01-01' };
    await asking(scene.handling)(divisionAggregate, RegisterDivision, registered);
    while (running.position < (await scene.log.head())) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(running.untold).toEqual([]);
    expect((await scene.told()).names).toContain('已记 2 2022-01 2');
    expect((await scene.told()).vouchers).toEqual([100, 200, 300]);
  });

  it('waits and goes on when something else than a refusal is in the way', async () => {
    const scene = await new Scene().open();
    await scene.wish('分成1:100分');
    let failures = 0;
    running = await scene.start(undefined, async (command) => {
      if (failures++ < 1) throw new Error('the disk is full');
      return scene.handle(command);
    });
    while (running.position < (await scene.log.head())) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(String(scene.errors[0])).toContain('the disk is full');
    expect((await scene.told()).vouchers).toEqual([100]);
  });

  it('goes on with what is recorded while it runs', async () => {
    const scene = await new Scene().open();
    running = await scene.start();
    for (let wish = 1; wish <= 20; wish++) await scene.wish(`分成${wish}:${wish}分`);
    while (running.position < (await scene.log.head())) await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await scene.told()).vouchers).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });
});
