import {
  AddAccount,
  type BookCommand,
  bookStream,
  decideBook,
  decideDivision,
  decideOrganization,
  type DivisionCommand,
  divisionStream,
  emptyBook,
  emptyDivisionTree,
  emptyOrganization,
  evolveBook,
  evolveDivisionTree,
  evolveOrganization,
  OpenBook,
  organizationStream,
  RegisterDivision,
  RegisterOrganization,
  RenameDivision,
  RetireAccount,
  uuidV8,
  validCreditCode,
  validDivisionCode,
} from '@ledger/domain';
import { type Aggregate, planned } from './aggregate.js';

export const divisionTrees = { empty: emptyDivisionTree, evolve: evolveDivisionTree };
export const organizations = { empty: emptyOrganization, evolve: evolveOrganization };
export const books = { empty: emptyBook, evolve: evolveBook };

export const divisionAggregate: Aggregate<DivisionCommand> = {
  commands: [RegisterDivision, RenameDivision],
  turn: (command) => command.code.slice(0, 6),
  async plan(command, look) {
    return planned({
      stream: divisionStream(validDivisionCode(command.code, 'code')),
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
    });
  },
};

export const bookAggregate: Aggregate<BookCommand> = {
  commands: [OpenBook, AddAccount, RetireAccount],
  turn: (command) => bookIdOf(command),
  async plan(command, look) {
    const id = bookIdOf(command);
    const organization =
      command instanceof OpenBook
        ? (await look.fold(organizations, organizationStream(command.organization))).state
        : undefined;
    return planned({
      stream: bookStream(id),
      kind: books,
      decide: (book) => decideBook(command, book, { ...look, id, ...(organization && { organization }) }),
    });
  },
};

/** A new book's id derives from the command, so that a retry opens the same book. */
function bookIdOf(command: BookCommand): string {
  return command instanceof OpenBook ? uuidV8(`book\n${command.context.commandId}`) : command.book;
}
