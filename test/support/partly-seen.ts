import { expect } from '@jest/globals';
import { CommandHandling, divisionAggregate, type Handled } from '@ledger/commands';
import { isWithin, RegisterDivision, type Sight } from '@ledger/domain';
import { type EventLog, openMemoryLog } from '@ledger/eventlog';
import { type Ask, asking, openVillageBook } from './asking.js';

export const DISTRICT = '330603000000';
export const TOWNSHIP = '330603008000';
export const OTHER = '330603008202';
export const ABSENT_VILLAGE = '330603008999';
export const DAY = '2024-01-01';

/** A ledger with two villages of one township, of which the first has a collective and its book. */
export class PartlySeen {
  readonly log: EventLog = openMemoryLog({ now: () => Date.UTC(2024, 5, 15) });
  readonly handling = new CommandHandling(this.log, { demo: false });
  /** Without a sight, as the processes of the ledger ask. */
  readonly all = asking(this.handling);

  async begin(): Promise<void> {
    await openVillageBook(this.all, { name: '账套', standard: 'rural-collective-2024', startPeriod: '2024-01' });
    await this.all(divisionAggregate, RegisterDivision, SAID_OF_OTHER);
  }

  /** As somebody asks whose grants are for these divisions. */
  within(...divisions: readonly string[]): Ask {
    return this.seeing({
      seesDivision: (code) => divisions.some((division) => isWithin(code, division)),
      seesBook: (_, village) => divisions.some((division) => isWithin(village, division)),
      seesAttachment: () => false,
    });
  }

  seeing(sight: Sight, expectedRevision?: number): Ask {
    return asking(this.handling, { sight, ...(expectedRevision === undefined ? {} : { expectedRevision }) });
  }

  /** All that was said with a refusal, one id written as another; nothing is recorded. */
  async refusal(request: Promise<unknown>, id = ' ', as = ' '): Promise<string> {
    const head = await this.log.head();
    const said = await request.then(
      () => 'nothing was refused',
      (error: { messageZh?: string; messageEn?: string }) =>
        JSON.stringify({ ...error, messageZh: error.messageZh, messageEn: error.messageEn }),
    );
    expect(await this.log.head()).toBe(head);
    return said.replaceAll(id, as);
  }
}

/** What is out of sight is refused with this code, and as what is not there. */
export async function refuses<Id>(
  ledger: PartlySeen,
  code: string,
  request: (id: Id) => Promise<unknown>,
  hidden: Id,
  absent: Id,
): Promise<void> {
  const said = await ledger.refusal(request(hidden), String(hidden), String(absent));
  expect(said).toContain(code);
  expect(said).toBe(await ledger.refusal(request(absent), String(hidden), String(absent)));
}

export const SAID_OF_OTHER = { code: OTHER, name: '示例村', effectiveOn: '2021-01-01' };

/** The id that a stream is named by. */
export async function idOf(request: Promise<Handled>): Promise<string> {
  const { stream } = (await request).receipt;
  return stream.slice(stream.indexOf('-') + 1);
}

/** Of the same shape, and nobody's. */
export function absentId(id: string): string {
  return id.replace(/....$/, '0000');
}
