import { NO_STREAM } from '@ledger/eventlog';
import {
  type BookOpened,
  bookStream,
  decideDivision,
  decideOrganization,
  type DivisionTree,
  divisionStream,
  emptyBook,
  emptyDivisionTree,
  emptyOrganization,
  evolveBook,
  evolveDivisionTree,
  type Fact,
  type FactDraft,
  isCreditCode,
  isOrganizationCode,
  type OpenedBook,
  openedBook,
  organizationStream,
  type Period,
  RegisterDivision,
  RegisterOrganization,
  uuidV8,
} from '@ledger/domain';
import type { Recorder } from './recorder.js';

const DISTRICT = '330603';
const TOWNSHIPS = 16;
export const VILLAGES = 214;

/** The district of the bench: 16 townships, 214 villages, in each a collective with one book. */
export async function recordDistrict(recorder: Recorder, startPeriod: Period): Promise<OpenedBook[]> {
  const effectiveOn = `${startPeriod}-01`;
  const tree = await recordDivisions(recorder, effectiveOn);
  const setting = { today: effectiveOn, demo: false };
  const books: OpenedBook[] = [];
  for (let village = 0; village < VILLAGES; village++) {
    const code = villageCode(village);
    const creditCode = creditCodeOf(village);
    const name = `第${village + 1}村经济合作社`;
    const register = Object.assign(new RegisterOrganization(), {
      creditCode,
      name,
      kind: 'COLLECTIVE',
      village: code,
      effectiveOn,
    });
    const registered = decideOrganization(register, emptyOrganization(), { ...setting, divisions: tree });
    await recorder.record(organizationStream(creditCode), NO_STREAM, registered);
    const id = uuidV8(`bench book ${village}`);
    const opened = [bookOpened(id, code, creditCode, startPeriod)];
    await recorder.record(bookStream(id), NO_STREAM, opened);
    books.push(
      openedBook(
        opened.reduce((book, draft) => evolveBook(book, asFact(draft)), emptyBook()),
        id,
      ),
    );
  }
  return books;
}

/**
 * Not decided, because ten years of one standard are wanted, and the standard in force now is younger than that; nothing
 * that is measured looks at when it came into force.
 */
function bookOpened(book: string, village: string, organization: string, startPeriod: Period): BookOpened {
  const standard = 'rural-collective-2024';
  const data = { book, organization, village, name: '村级账套', standard, startPeriod } as const;
  return { type: 'BookOpened', version: 1, division: village, effectiveOn: `${startPeriod}-01`, data };
}

async function recordDivisions(recorder: Recorder, effectiveOn: string): Promise<DivisionTree> {
  const townships = Array.from({ length: TOWNSHIPS }, (_, i) => ({ code: townshipCode(i), name: `第${i + 1}街道` }));
  const villages = Array.from({ length: VILLAGES }, (_, i) => ({ code: villageCode(i), name: `第${i + 1}村` }));
  const divisions = [{ code: `${DISTRICT}000000`, name: '柯桥区' }, ...townships, ...villages];
  const setting = { today: effectiveOn, demo: false };
  let tree = emptyDivisionTree();
  let revision = NO_STREAM;
  for (const division of divisions) {
    const command = Object.assign(new RegisterDivision(), { ...division, effectiveOn });
    const facts = decideDivision(command, tree, setting);
    revision = await recorder.record(divisionStream(division.code), revision, facts);
    for (const draft of facts) tree = evolveDivisionTree(tree, asFact(draft));
  }
  return tree;
}

function townshipCode(index: number): string {
  return `${DISTRICT}${String(index + 1).padStart(3, '0')}000`;
}

function villageCode(index: number): string {
  const place = Math.floor(index / TOWNSHIPS) + 201;
  return `${townshipCode(index % TOWNSHIPS).slice(0, 9)}${place}`;
}

/** The last character is a check over the others, that of the organisation code within it too; one of the 31 fits. */
function creditCodeOf(village: number): string {
  const checks = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
  const body = `MF${String(village + 1).padStart(6, '0')}`;
  const organization = checks.map((check) => body + check).find(isOrganizationCode);
  const code = checks.map((check) => `N2${DISTRICT}${organization}${check}`).find(isCreditCode);
  if (organization === undefined || code === undefined) throw new Error(`no check character fits ${body}`);
  return code;
}

/** A draft as a fold sees it; folds look at type, date, data and revision only. */
export function asFact(draft: FactDraft, revision = 0): Fact {
  return { ...draft, revision } as unknown as Fact;
}
