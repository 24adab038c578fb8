import {
  AbolishDivision,
  accessStream,
  AddAccount,
  type BookKeepers,
  bookIdOf,
  type BookCommand,
  type BookSetting,
  bookStream,
  decideBook,
  decideDivision,
  decideOrganization,
  type DivisionCommand,
  divisionStream,
  emptyBook,
  emptyDivisionTree,
  emptyGrants,
  emptyOrganization,
  evolveBook,
  evolveDivisionTree,
  evolveGrants,
  evolveOrganization,
  HandOverBook,
  type HandoverSetting,
  MergeVillages,
  OpenBook,
  type OpenedBook,
  organizationStream,
  RecodeDivision,
  Refusal,
  RegisterDivision,
  RegisterOrganization,
  RenameDivision,
  RetireAccount,
  validCreditCode,
  validDivisionCode,
} from '@ledger/domain';
import { type Aggregate, type Look, planned } from './aggregate.js';
import { BookYears } from './book-years.js';

export const divisionTrees = { empty: emptyDivisionTree, evolve: evolveDivisionTree };
export const organizations = { empty: emptyOrganization, evolve: evolveOrganization };
export const grantsKind = { empty: emptyGrants, evolve: evolveGrants };
export const books = { empty: emptyBook, evolve: evolveBook };

export const divisionAggregate: Aggregate<DivisionCommand> = {
  commands: [RegisterDivision, RenameDivision, RecodeDivision, MergeVillages, AbolishDivision],
  // The tree of a district stands in one stream.
  turn: (command) => namedBy(command).code.slice(0, 6),
  async plan(command, look) {
    const { code, field } = namedBy(command);
    return planned({
      stream: divisionStream(validDivisionCode(code, field)),
      kind: divisionTrees,
      decide: (tree) => decideDivision(command, tree, look),
    });
  },
};

export const organizationAggregate: Aggregate<RegisterOrganization> = {
  commands: [RegisterOrganization],
  turn: (command) => command.creditCode,
  async plan(command, look) {
    const tree = divisionStream(validDivisionCode(command.village, 'village'));
    const divisions = (await look.fold(divisionTrees, tree)).state;
    return planned({
      stream: organizationStream(validCreditCode(command.creditCode, 'creditCode')),
      kind: organizations,
      decide: (organization) => decideOrganization(command, organization, { ...look, divisions }),
      taken: () => new Refusal('CREDIT_CODE_DUPLICATE', { creditCode: command.creditCode }, 'creditCode'),
    });
  },
};

export const bookAggregate: Aggregate<BookCommand> = {
  commands: [OpenBook, AddAccount, RetireAccount, HandOverBook],
  turn: (command) => idOf(command),
  async plan(command, look) {
    const id = idOf(command);
    const beside = await besidesOf(command, look);
    return planned({
      stream: bookStream(id),
      kind: books,
      decide: (book) => decideBook(command, book, { ...look, id, ...beside }),
    });
  },
};

/** The code by which a command names its district. */
function namedBy(command: DivisionCommand): { code: string; field: string } {
  return command instanceof MergeVillages ? { code: command.to, field: 'to' } : { code: command.code, field: 'code' };
}

async function besidesOf(
  command: BookCommand,
  look: Look,
): Promise<Partial<Pick<BookSetting, 'organization' | 'divisions' | 'years' | 'keepers'>>> {
  if (command instanceof OpenBook) return ownerOf(command, look);
  return command instanceof HandOverBook ? handoverOf(command, look) : {};
}

/** How far the books have come that are handed over, and who keeps them. */
async function handoverOf({ book }: HandOverBook, look: Look): Promise<Partial<HandoverSetting>> {
  const { opened } = (await look.fold(books, bookStream(book))).state;
  if (opened === undefined) return {};
  return { years: await new BookYears(opened, look).handedOver(), keepers: await keepersOf(opened, look) };
}

/** Nothing is known of grants where one token does everything: it has no sight. */
async function keepersOf({ village }: OpenedBook, look: Look): Promise<BookKeepers | undefined> {
  if (look.sight === undefined) return undefined;
  return {
    grants: (await look.foldInFull(grantsKind, accessStream)).state,
    divisions: (await look.foldInFull(divisionTrees, divisionStream(village))).state,
  };
}

/** The organisation of a new book and the district tree of its village. */
async function ownerOf(command: OpenBook, look: Look): Promise<Pick<BookSetting, 'organization' | 'divisions'>> {
  const organization = (await look.fold(organizations, organizationStream(command.organization))).state;
  const village = organization.registered?.village;
  if (village === undefined) return { organization };
  return { organization, divisions: (await look.fold(divisionTrees, divisionStream(village))).state };
}

function idOf(command: BookCommand): string {
  return command instanceof OpenBook ? bookIdOf(command.organization) : command.book;
}
