import { setTimeout as sleep } from 'node:timers/promises';
import type { Draft } from '@ledger/drafts';
import { pdf } from '../support/sample-files.js';
import { creditCode } from '../support/village-books.js';
import type { Answered, Asker } from './asker.js';
import type { IdentityProvider } from '../support/identity-provider.js';
import type { Json, Operation } from './operations.js';
import type { Staff } from './staff.js';

/** What a valid request says beside its operation. */
export interface Said {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: readonly (readonly [string, string])[];
  readonly body?: unknown;
  /** Who asks, where it is not the one who may do most. */
  readonly authorization?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What it names is used up when it is asked, also in a request that is refused. */
  readonly countsOnce?: true;
}

export interface VillageBook {
  readonly id: string;
  readonly village: string;
  readonly creditCode: string;
}

export interface SharedProject {
  readonly id: string;
  readonly lead: string;
  readonly partner: string;
}

/** Things that can be asked for, the newest last. */
export interface Made {
  readonly villages: string[];
  readonly homes: string[];
  readonly books: VillageBook[];
  readonly projects: SharedProject[];
  readonly assets: string[];
  readonly households: string[];
  /** Files that a fact names. */
  readonly papers: string[];
  /** Books whose first voucher is of January. */
  readonly vouchers: string[];
  /** Villages of which a figure was published. */
  readonly readings: string[];
}

const nothing = (): Made => ({
  villages: [],
  homes: [],
  books: [],
  projects: [],
  assets: [],
  households: [],
  papers: [],
  vouchers: [],
  readings: [],
});

const DISTRICT = '330603';
const FOUNDED = '2020-01-01';
/** A township has codes for 999 villages; what is recoded takes two. */
const VILLAGES_OF_TOWNSHIP = 400;
const HOMES = 40;
const WAIT_TRIES = 500;

/** What there is in the ledger that requests can be about; it makes more when asked, by requests of the same kind. */
export class World {
  readonly made = nothing();
  #villages = 0;
  #organizations = 0;
  #accounts = 0;
  #townships: string[] = [];
  /** How often a home was asked for: those who ask twice get two. */
  #asked = 0;
  readonly #operations: ReadonlyMap<string, Operation>;
  head = 1;

  constructor(
    readonly asker: Asker,
    operations: readonly Operation[],
    private readonly provider?: IdentityProvider,
  ) {
    this.#operations = new Map(operations.map((operation) => [operation.id, operation]));
  }

  operation(id: string): Operation {
    const operation = this.#operations.get(id);
    if (operation === undefined) throw new Error(`the document has no operation ${id}`);
    return operation;
  }

  get staff(): Staff {
    return this.asker.staff;
  }

  /** Asks for something that must be accepted, and gives what is answered. */
  async done(operationId: string, said: Said): Promise<Json> {
    const { body } = await this.asker.accepted(this.asker.request(this.operation(operationId), said));
    return body;
  }

  /** Has it recorded, and gives the id of what it made or changed. */
  async tell(operationId: string, body: Json, path: Readonly<Record<string, string>> = {}): Promise<string> {
    const request = this.asker.request(this.operation(operationId), { path, body });
    const recorded = await this.signed(await this.asker.accepted(request));
    return String(recorded.body['id']);
  }

  /** What was submitted is signed until it is recorded; anything else was done at once. */
  async signed(answer: Answered): Promise<Answered> {
    this.see(answer);
    if (answer.status !== 202) return answer;
    const { id, version, missing, reviewer } = answer.body['draft'] as Draft;
    const signer = missing[0] === 'reviewedBy' ? reviewer : this.staff.secondReviewer;
    const request = this.asker.request(this.operation('approveDraft'), {
      path: { id },
      headers: { 'if-match': `"${version}"` },
      authorization: this.staff.signer(signer).authorization,
    });
    return this.signed(await this.asker.accepted(request));
  }

  /** What the identity provider sends somebody back with. */
  async visitAs(subject: string, authorizationUrl: string): Promise<string> {
    if (this.provider === undefined) throw new Error('nobody logs in to a ledger with one token');
    this.provider.subject = subject;
    return this.provider.visit(authorizationUrl);
  }

  see({ body }: Answered): void {
    const position = body['position'];
    if (typeof position === 'number') this.head = Math.max(this.head, position);
  }

  async found(): Promise<void> {
    await this.staff.reach(DISTRICT);
    await this.tell('registerDivision', { code: DISTRICT, name: '柯桥区', effectiveOn: FOUNDED });
    await this.villageBook();
    await this.project();
    await this.household();
    await this.asset();
    await this.reading();
    await this.paper();
  }

  /** A code that no village has yet, in a township that is registered. */
  async freeVillage(): Promise<string> {
    if (this.#villages % VILLAGES_OF_TOWNSHIP === 0) {
      const township = `${DISTRICT}${String(100 + this.#townships.length)}`;
      await this.tell('registerDivision', { code: township, name: '示例镇', effectiveOn: FOUNDED });
      await this.staff.reach(township);
      this.#townships.push(township);
    }
    return `${this.#townships.at(-1)}${String(200 + (this.#villages++ % VILLAGES_OF_TOWNSHIP))}`;
  }

  /** A code of the same township that no village will be given by `freeVillage`. */
  sparedCode(village: string): string {
    return village.slice(0, 9) + String(Number(village.slice(9)) + VILLAGES_OF_TOWNSHIP);
  }

  async village(): Promise<string> {
    const code = await this.freeVillage();
    await this.tell('registerDivision', { code, name: '示例村', effectiveOn: FOUNDED });
    this.made.villages.push(code);
    return code;
  }

  /** A village that stays as it is, of a few: reports add up all that there are, and would take ever longer. */
  async home(): Promise<string> {
    const { homes } = this.made;
    if (homes.length < HOMES) {
      const home = await this.village();
      await this.staff.reach(home);
      homes.push(home);
    }
    return homes[this.#asked++ % homes.length] ?? '';
  }

  freeStaffId(): string {
    return `staff-${++this.#accounts}`;
  }

  freeCreditCode(): string {
    return creditCode(++this.#organizations);
  }

  async organization(): Promise<{ village: string; creditCode: string }> {
    const village = await this.home();
    const code = this.freeCreditCode();
    const body = { creditCode: code, name: '示例社', kind: 'COLLECTIVE', village, effectiveOn: FOUNDED };
    await this.tell('registerOrganization', body);
    return { village, creditCode: code };
  }

  async villageBook(more: Json = {}): Promise<VillageBook> {
    const { village, creditCode: organization } = await this.organization();
    const opened = { organization, name: '示例账套', standard: 'rural-collective-2024', startPeriod: '2024-01' };
    const id = await this.tell('openBook', { ...opened, ...more });
    const book = { id, village, creditCode: organization };
    // Only a book like all others is for everybody.
    if (Object.keys(more).length === 0) this.made.books.push(book);
    return book;
  }

  async household(village?: string): Promise<string> {
    const id = await this.tell('registerHousehold', {
      village: village ?? (await this.home()),
      effectiveOn: FOUNDED,
    });
    this.made.households.push(id);
    return id;
  }

  /** A project of two villages, as far as it is taken. */
  async project(...steps: readonly (readonly [string, Json])[]): Promise<SharedProject> {
    const [lead, partner] = [await this.home(), await this.home()];
    const body = {
      name: '一桌土菜',
      kind: 'VEGETABLE_BRAND',
      leadVillage: lead,
      villages: [partner],
      effectiveOn: '2024-01-10',
    };
    const project = { id: await this.tell('proposeProject', body), lead, partner };
    this.made.projects.push(project);
    for (const [step, said] of steps) await this.tell(step, said, { id: project.id });
    return project;
  }

  /** A card that the book began with, so that nothing is posted for it. */
  async asset(book?: string): Promise<string> {
    const id = book ?? (await this.villageBook({ name: '资产账套' })).id;
    const card = { name: '送货车', class: 'OPERATING', category: 'VEHICLE', source: 'PURCHASED', costFen: 120_000_00 };
    const worn = { residualFen: 6_000_00, lifeMonths: 48, depreciationAccount: '511' };
    const opening = { accumulatedDepreciationFen: 0 };
    await this.tell('registerAsset', { ...card, ...worn, opening, effectiveOn: '2023-12-15' }, { id });
    this.made.assets.push(`${id}-1`);
    return `${id}-1`;
  }

  /** Somebody who has no role yet. */
  async newcomer(): Promise<string> {
    const id = this.freeStaffId();
    await this.staff.hire(id);
    return id;
  }

  async reading(): Promise<void> {
    const scope = await this.home();
    const figure = {
      value: 1,
      unit: 'fen',
      qualifier: 'exact',
      asOf: '2024',
      source: { document: '示例年报', line: '1' },
    };
    await this.tell('reportIndicator', figure, { scope, measure: 'collectiveTotalIncome' });
    this.made.readings.push(scope);
  }

  /** A file, and what it proves: whoever sees this may read it. */
  async paper(): Promise<void> {
    const { bytes, sha256 } = pdf();
    await this.done('putAttachmentsBySha256', { path: { sha256 }, body: bytes });
    const proved = { village: await this.home(), effectiveOn: FOUNDED, evidence: [sha256] };
    await this.tell('registerHousehold', proved);
    this.made.papers.push(sha256);
  }

  async income(book: string): Promise<void> {
    const entry = { account: '50102', amountFen: 12_800_00, settlement: { account: '102' }, summary: '商铺租金' };
    await this.tell('recordIncome', { ...entry, ...this.staff.signed, effectiveOn: '2024-01-20' }, { id: book });
    this.made.vouchers.push(book);
  }

  /** Waits for what the ledger does by itself after a request. */
  async until(
    operationId: string,
    path: Readonly<Record<string, string>>,
    shows: (text: string) => boolean,
  ): Promise<void> {
    const asked = { path, headers: { 'ledger-min-position': String(this.head) } };
    for (let tries = 0; tries < WAIT_TRIES; tries++) {
      const request = this.asker.request(this.operation(operationId), asked);
      if (shows((await this.asker.ask(request, 'waits')).text)) return;
      await sleep(10);
    }
    throw new Error(`${operationId} does not come to what is waited for`);
  }
}
