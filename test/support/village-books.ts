import { isCreditCode, isOrganizationCode } from '@ledger/domain';
import type { Answer, RunningLedger } from './running-ledger.js';

export const SIGNED = { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1' };

/** Checksum-valid codes with obviously made-up bodies. */
export function creditCode(serial: number, category = 'N2'): string {
  const checks = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
  const body = `MF${serial.toString().padStart(6, '0')}`;
  const organization = checks.map((check) => body + check).find(isOrganizationCode);
  return checks.map((check) => `${category}330603${organization}${check}`).find(isCreditCode) ?? '';
}

interface Receipt extends Record<string, unknown> {
  position: number;
  stream: string;
  revision: number;
  facts: { id: string; type: string; revision: number }[];
}

/** Calls that must succeed, for setting a scene over HTTP. */
export class VillageBooks {
  #serial = 0;

  constructor(private readonly ledger: Pick<RunningLedger, 'get' | 'post'>) {}

  async accepted(path: string, body: object, headers: Record<string, string> = {}): Promise<Receipt> {
    const answer: Answer<Receipt> = await this.ledger.post<Receipt>(path, body, headers);
    if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    return answer.body;
  }

  async read<B extends Record<string, unknown>>(path: string): Promise<B> {
    const answer: Answer<B> = await this.ledger.get<B>(path);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    return answer.body;
  }

  /** Reads again until it is so: what books by itself is a moment behind. */
  async until<B extends Record<string, unknown>>(path: string, isSo: (answer: B) => boolean): Promise<B> {
    for (let tries = 0; tries < 500; tries++) {
      const answer = await this.read<B>(path);
      if (isSo(answer)) return answer;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`${path} did not come to what it was waited for`);
  }

  /** 柯桥区, 兰亭街道 and 柯岩街道. */
  async district(): Promise<void> {
    const effectiveOn = '2020-01-01';
    await this.accepted('/divisions', { code: '330603', name: '柯桥区', effectiveOn });
    await this.accepted('/divisions', { code: '330603008', name: '兰亭街道', effectiveOn });
    await this.accepted('/divisions', { code: '330603002', name: '柯岩街道', effectiveOn });
  }

  /** A village of its own, its collective, and the collective's book. */
  async book(
    options: { startPeriod?: string; standard?: string; township?: string; name?: string } = {},
  ): Promise<{ id: string; village: string; creditCode: string }> {
    const { startPeriod = '2024-01', standard = 'rural-collective-2024', township = '330603008' } = options;
    const serial = ++this.#serial;
    const village = `${township}${(200 + serial).toString()}`;
    const name = options.name ?? `示例${serial}村`;
    const code = creditCode(serial);
    await this.accepted('/divisions', { code: village, name, effectiveOn: '2020-01-01' });
    await this.accepted('/organizations', {
      creditCode: code,
      name: `${name}股份经济合作社`,
      kind: 'COLLECTIVE',
      village,
      effectiveOn: '2020-01-01',
    });
    const { stream } = await this.accepted('/books', {
      organization: code,
      name: `${name}账套`,
      standard,
      startPeriod,
    });
    return { id: stream.slice('book-'.length), village, creditCode: code };
  }

  /** A household of a village, by its pseudonym. */
  async household(village: string, effectiveOn: string): Promise<string> {
    const { stream } = await this.accepted('/households', { village, effectiveOn });
    return stream.slice('household-'.length);
  }

  income(book: string, effectiveOn: string, amountFen: number, more: object = {}): Promise<Receipt> {
    return this.accepted(`/books/${book}/income`, incomeBody(effectiveOn, amountFen, more));
  }

  expense(book: string, effectiveOn: string, amountFen: number, more: object = {}): Promise<Receipt> {
    return this.accepted(`/books/${book}/expenses`, expenseBody(effectiveOn, amountFen, more));
  }

  /** A project that is proposed, approved and started on the same day; its id. */
  async project(said: { leadVillage: string; villages?: readonly string[]; effectiveOn: string }): Promise<string> {
    const { stream } = await this.accepted('/projects', { name: '一桌土菜', kind: 'VEGETABLE_BRAND', ...said });
    const id = stream.slice('project-'.length);
    for (const step of ['approve', 'start'])
      await this.accepted(`/projects/${id}/${step}`, { effectiveOn: said.effectiveOn });
    return id;
  }

  async close(book: string, ...periods: string[]): Promise<void> {
    for (const period of periods)
      await this.accepted(`/books/${book}/periods/${period}/close`, { closedBy: 'director-1' });
  }

  closeYear(book: string, year: number, more: object = {}): Promise<Receipt> {
    return this.accepted(`/books/${book}/years/${year}/close`, { closedBy: 'director-1', ...SIGNED, ...more });
  }
}

export function incomeBody(effectiveOn: string, amountFen: number, more: object = {}): object {
  return {
    effectiveOn,
    account: '50102',
    amountFen,
    settlement: { account: '102' },
    summary: '商铺租金',
    ...SIGNED,
    ...more,
  };
}

/** A published figure: one village. */
export function readingBody(asOf: string, more: object = {}): object {
  const source = { document: '示例年报', line: '1' };
  return { value: 1, unit: 'villages', qualifier: 'exact', asOf, source, ...more };
}

export function expenseBody(effectiveOn: string, amountFen: number, more: object = {}): object {
  return {
    effectiveOn,
    account: '51302',
    amountFen,
    settlement: { account: '102' },
    summary: '办公用品',
    ...SIGNED,
    ...more,
  };
}

/** An opening whose balances are owed by so many tenants. */
export function openingBody(tenants: number, more: object = {}): object {
  const owed = Array.from({ length: tenants }, (_, n) => {
    return { account: '112', side: 'debit', amountFen: 100, party: `tenant-${n}` };
  });
  const lines = [...owed, { account: '301', side: 'credit', amountFen: tenants * 100 }];
  return { ...SIGNED, lines, ...more };
}

export function voucherBody(effectiveOn: string, lines: object[], more: object = {}): object {
  return { effectiveOn, summary: '记账凭证', lines, ...SIGNED, ...more };
}

export function saleBody(effectiveOn: string, more: object = {}): object {
  return { product: '笋干', quantityGrams: 50_000, amountFen: 12_800_00, channel: 'SHOP', effectiveOn, ...more };
}

export function gainBody(effectiveOn: string, more: object = {}): object {
  const population = { of: 'HOUSEHOLD_MEMBERS', count: 4 };
  return { year: 2024, amountFen: 3_000_00, method: 'SURVEY', population, effectiveOn, ...more };
}

/** A month's income of a joint project, owed to the villages. */
export function settlementBody(effectiveOn: string, amountFen: number, more: object = {}): object {
  const terms = { account: '50106', settlement: { account: '112' }, summary: '一桌土菜分成' };
  return { effectiveOn, amountFen, ...terms, ...SIGNED, ...more };
}

export const MONTHS_OF_2024 = Array.from({ length: 11 }, (_, i) => `2024-${String(i + 1).padStart(2, '0')}`);
