import { createHash } from 'node:crypto';
import { aggregateOf, bookingSources, type CommandHandling, settleBookings } from '@ledger/commands';
import {
  ActivateAsset,
  AddAccount,
  ApproveProject,
  ClosePeriod,
  type Command,
  commandIdOf,
  CountVisitors,
  EnrolHousehold,
  fingerprintOf,
  GrantRole,
  JoinVillage,
  MarkAssetIdle,
  OpenBook,
  PostVoucher,
  ProposeProject,
  RecordExpense,
  RecordGain,
  RecordIncome,
  RecordJob,
  RecordSale,
  RegisterAsset,
  RegisterDivision,
  RegisterHousehold,
  RegisterOrganization,
  ReportIndicator,
  type Role,
  SetAllocationScheme,
  SettleIncome,
  StartProject,
} from '@ledger/domain';
import type { EventLog } from '@ledger/eventlog';
import { madeUpPeople } from './people.js';
import { creditCode, SIGNED } from './village-books.js';

/** What can be named of a village, in paths and in bodies. */
export interface Place {
  readonly village: string;
  readonly organization: string;
  readonly book: string;
  readonly household: string;
  /** One that is registered and takes part in nothing yet. */
  readonly otherHousehold: string;
  readonly project: string;
  readonly asset: string;
  readonly grant: string;
  /** The hash of a file that a voucher of the book names. */
  readonly evidence: string;
  /** What its clerk has submitted, once there are doors to submit it through. */
  readonly draft: string;
}

export interface Person {
  readonly account: string;
  readonly role: Role;
  readonly division: string;
  readonly books?: string[];
  readonly household?: string;
}

/** A neighbour in the township, a village of the next township, and one of another district. */
export const VILLAGES = ['own', 'neighbour', 'elsewhere', 'otherDistrict'] as const;
export type VillageName = (typeof VILLAGES)[number];

export const CODES: Readonly<Record<VillageName, string>> = {
  own: '330603008201',
  neighbour: '330603008202',
  elsewhere: '330603009201',
  otherDistrict: '330604008201',
};

export const clerkOf = (name: VillageName): string => `clerk-of-${name.toLowerCase()}`;

export const NOW = Date.UTC(2025, 5, 15);

const DAY = '2024-01-10';

/**
 * Two districts with villages that have one of everything, every time the same facts. `secret` is what only those who may
 * see a village can tell: it changes amounts, names and counts of every village but the own one, and nothing else.
 */
export class VillagesApart {
  readonly places = new Map<VillageName, Place>();
  joint = '';
  #asked = 0;

  constructor(
    private readonly log: EventLog,
    private readonly handling: CommandHandling,
    private readonly secret: number,
    /** Keeps a file, and gives its hash. */
    private readonly keep: (bytes: string) => Promise<string>,
  ) {}

  async record(): Promise<void> {
    const divisions = ['330603', '330603008', '330603009', '330604', '330604008', ...Object.values(CODES)];
    for (const code of divisions) {
      const hidden = VILLAGES.some((name) => name !== 'own' && CODES[name] === code);
      const name = hidden ? `村${code.slice(-3)}${'甲乙'[this.secret]}` : `区划${code}`;
      await this.ask(RegisterDivision, { code, name, effectiveOn: '2020-01-01' });
    }
    for (const name of VILLAGES) this.places.set(name, await this.#village(name));
    await this.#jointProject();
  }

  /** What the clerk of a village submits: a receipt of an amount that is as secret as the others. */
  income(name: VillageName): object {
    return {
      effectiveOn: '2024-03-20',
      account: '50102',
      amountFen: 300_00 + (name === 'own' ? 0 : this.secret * 100),
      settlement: { account: '102' },
      summary: '租金',
      preparedBy: clerkOf(name),
      reviewedBy: 'reviewer-1',
    };
  }

  /** Who lives in its household. */
  person(name: VillageName): ReturnType<typeof madeUpPeople> {
    return madeUpPeople(VILLAGES.indexOf(name) + 1 + (name === 'own' ? 0 : this.secret * 10));
  }

  place(name: VillageName): Place {
    const place = this.places.get(name);
    if (place === undefined) throw new RangeError(`${name} is not recorded yet`);
    return place;
  }

  async grant(given: Person): Promise<string> {
    await this.ask(GrantRole, { ...given, from: DAY });
    const [recorded] = await this.log.readAfter((await this.log.head()) - 1, 1);
    return (JSON.parse(recorded?.fact ?? '') as { data: { grant: string } }).data.grant;
  }

  /** As the ledger asks itself: what is recorded is seen by nobody's leave. Gives the id that the stream is named by. */
  async ask<C extends Command>(type: new () => C, fields: Partial<C>): Promise<string> {
    const idempotencyKey = `key-${++this.#asked}`;
    const context = {
      actor: 'founder',
      idempotencyKey,
      commandId: commandIdOf('founder', idempotencyKey),
      fingerprint: fingerprintOf(type.name, fields),
    };
    const before = await this.log.head();
    const command = Object.assign(new type(), fields, { context });
    const { receipt } = await this.handling.handle(aggregateOf(command), command);
    const handle = async (asked: Command) => this.handling.handle(aggregateOf(asked), asked);
    await settleBookings({ log: this.log, sources: bookingSources, handle }, before);
    return receipt.stream.slice(receipt.stream.indexOf('-') + 1);
  }

  async #village(name: VillageName): Promise<Place> {
    const village = CODES[name];
    const serial = VILLAGES.indexOf(name) + 1;
    const known = name === 'own' ? 0 : this.secret;
    const word = '甲乙'[known] ?? '';
    const amountFen = (serial * 1_000 + known * 777) * 100;
    const organization = creditCode(serial);
    await this.ask(RegisterOrganization, {
      creditCode: organization,
      name: `合作社${word}`,
      kind: 'COLLECTIVE',
      village,
      effectiveOn: DAY,
    });
    const opening = { standard: 'rural-collective-2024', startPeriod: '2024-01' } as const;
    const book = await this.ask(OpenBook, { organization, name: `账套${word}`, ...opening });
    await this.ask(AddAccount, { book, code: '50107', name: `其他${word}`, effectiveOn: DAY });
    const evidence = await this.keep(fileOf(village, known));
    await this.#business(book, amountFen, word, evidence);
    const household = await this.ask(RegisterHousehold, { village, effectiveOn: DAY });
    const otherHousehold = await this.ask(RegisterHousehold, { village, effectiveOn: DAY });
    const project = await this.#project(village, organization, household, amountFen, word);
    await this.ask(RegisterAsset, {
      book,
      name: `店面${word}`,
      class: 'OPERATING',
      category: 'BUILDING',
      source: 'PURCHASED',
      costFen: amountFen * 10,
      residualFen: amountFen,
      lifeMonths: 240,
      depreciationAccount: '511',
      acquisition: { settlement: { account: '102' }, summary: `购置店面${word}`, ...SIGNED },
      effectiveOn: '2024-02-15',
    });
    const asset = await this.#newestAsset();
    await this.ask(MarkAssetIdle, { asset, since: '2024-03-01', reason: '待整修', effectiveOn: '2024-03-01' });
    await this.ask(ActivateAsset, { asset, project, effectiveOn: '2024-03-15' });
    const grant = await this.grant({ account: clerkOf(name), role: 'VILLAGE_CLERK', division: village });
    return { village, organization, book, household, otherHousehold, project, asset, grant, evidence, draft: '' };
  }

  async #business(book: string, amountFen: number, word: string, evidence: string): Promise<void> {
    const common = { book, ...SIGNED };
    await this.ask(RecordIncome, {
      ...common,
      effectiveOn: '2024-01-20',
      account: '50102',
      amountFen,
      settlement: { account: '102' },
      summary: `租金${word}`,
      sourceDocument: 'INV-7',
      evidence: [evidence],
    });
    await this.ask(RecordIncome, {
      ...common,
      effectiveOn: '2024-02-20',
      account: '50102',
      amountFen: amountFen + 500,
      settlement: { account: '112', party: `tenant-${word === '甲' ? 'a' : 'b'}` },
      summary: `应收租金${word}`,
    });
    await this.ask(RecordExpense, {
      ...common,
      effectiveOn: '2024-01-25',
      account: '51302',
      amountFen: amountFen / 10,
      settlement: { account: '102' },
      summary: `办公${word}`,
    });
    await this.ask(PostVoucher, {
      ...common,
      effectiveOn: '2024-02-05',
      summary: `专项资金${word}`,
      lines: [
        { account: '102', side: 'debit', amountFen: amountFen * 20 },
        { account: '241', side: 'credit', amountFen: amountFen * 20, grant: 'road-2024' },
      ],
    });
    await this.ask(ClosePeriod, { book, period: '2024-01', closedBy: 'director-1' });
  }

  async #project(
    village: string,
    organization: string,
    household: string,
    amountFen: number,
    word: string,
  ): Promise<string> {
    const project = await this.ask(ProposeProject, {
      name: `笋干${word}`,
      kind: 'VEGETABLE_BRAND',
      leadVillage: village,
      effectiveOn: DAY,
    });
    for (const step of [ApproveProject, StartProject]) await this.ask(step, { project, effectiveOn: DAY });
    const shares = [{ village, basisPoints: 10_000, organization }];
    await this.ask(SetAllocationScheme, { project, shares, effectiveOn: DAY });
    await this.ask(RecordSale, {
      project,
      product: `笋干${word}`,
      quantityGrams: amountFen,
      amountFen,
      channel: 'LIVE_STREAM',
      effectiveOn: '2024-04-20',
    });
    const counted = { from: '2024-04-01', to: '2024-04-30', source: 'TICKETS' };
    await this.ask(CountVisitors, { project, ...counted, count: amountFen / 100 });
    await this.#people(project, { village, household, amountFen, worker: `worker-${word === '甲' ? 1 : 2}` });
    await this.#settle(project, amountFen, word);
    return project;
  }

  /** Of one village in a project, alone or joint. */
  async #people(
    project: string,
    {
      village,
      household,
      amountFen,
      worker,
    }: { village: string; household: string; amountFen: number; worker: string },
  ): Promise<void> {
    await this.ask(EnrolHousehold, { project, household, role: 'GROWER', effectiveOn: '2024-03-05' });
    await this.ask(RecordJob, { project, worker, kind: 'SEASONAL', village, effectiveOn: '2024-03-05' });
    await this.ask(RecordGain, {
      project,
      year: 2024,
      amountFen,
      method: 'SURVEY',
      population: { of: 'ENROLLED_HOUSEHOLDS', count: amountFen / 1_00 },
      village,
      effectiveOn: '2024-12-20',
    });
  }

  async #settle(project: string, amountFen: number, word: string): Promise<void> {
    await this.ask(SettleIncome, {
      project,
      effectiveOn: '2024-05-31',
      amountFen,
      account: '50106',
      settlement: { account: '112' },
      summary: `分成${word}`,
      ...SIGNED,
    });
  }

  /** The own village leads it, and what all share in it is no secret between them; what each does in it is. */
  async #jointProject(): Promise<void> {
    const [own, neighbour] = [this.place('own'), this.place('neighbour')];
    this.joint = await this.ask(ProposeProject, {
      name: '一桌土菜',
      kind: 'VEGETABLE_BRAND',
      leadVillage: own.village,
      effectiveOn: DAY,
    });
    const project = this.joint;
    await this.ask(JoinVillage, { project, village: neighbour.village, effectiveOn: DAY });
    for (const step of [ApproveProject, StartProject]) await this.ask(step, { project, effectiveOn: DAY });
    const shares = [own, neighbour].map(({ village, organization }) => ({ village, basisPoints: 5_000, organization }));
    await this.ask(SetAllocationScheme, { project, shares, effectiveOn: DAY });
    await this.#people(project, { ...own, amountFen: 100_00, worker: 'worker-own' });
    await this.#people(project, {
      ...neighbour,
      amountFen: (1 + this.secret) * 100_00,
      worker: `worker-${this.secret}`,
    });
    await this.#settle(project, 900_00, '');
  }

  /** The asset's id is in its own fact. */
  async #newestAsset(): Promise<string> {
    const facts = await this.log.readAfter(0, 10_000);
    const registered = facts.findLast(({ fact }) => fact.includes('"type":"AssetRegistered"'));
    return (JSON.parse(registered?.fact ?? '') as { data: { asset: string } }).data.asset;
  }

  /** What was published is for everybody to know. */
  async publish(): Promise<void> {
    for (const scope of ['330603', CODES.own]) {
      await this.ask(ReportIndicator, {
        scope,
        measure: 'collectiveTotalIncome',
        value: 82_800_000_000,
        unit: 'fen',
        qualifier: 'over',
        asOf: '2024',
        source: { document: '统计公报', line: '12', quote: '全年村级集体经济收入' },
      });
    }
  }
}

/** What the file says that a voucher of a village names. */
export const fileOf = (village: string, secret: number): string => `%PDF-1.7\nfile of ${village}, ${secret}`;

/** Ids of the right shapes that nothing has. */
export function absentLike(place: Place): Place {
  const organization = creditCode(999);
  const book = uuidOf(place.book);
  return {
    village: `${place.village.slice(0, 9)}399`,
    organization,
    book,
    household: uuidOf(place.household),
    otherHousehold: uuidOf(place.otherHousehold),
    project: uuidOf(place.project),
    asset: place.asset.replace(place.book, book),
    grant: uuidOf(place.grant),
    evidence: hashOf(place.evidence),
    draft: uuidOf(place.draft),
  };
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

function uuidOf(id: string): string {
  const digits = hashOf(id);
  return id.replaceAll(/[0-9a-f]/g, (digit, at: number) => (at === 14 || at === 19 ? digit : (digits[at] ?? digit)));
}
