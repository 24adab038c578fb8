import { type LocalDate, validResidentId } from '@ledger/domain';
import { wrongInput } from '../input.js';
import type { CollectiveMember, HouseholdMember, PersonalData } from './documents.js';
import type { Entry } from './subjects.js';

/** The one part that a request enters, with its numbers checked and as they are kept. */
export function enteredPart({ consent, statutory }: PersonalData, today: LocalDate): Omit<Entry, 'corrects'> {
  if ((consent === undefined) === (statutory === undefined)) {
    throw wrongInput('consent', '和statutory须填写且只填写一项', 'or statutory is needed, and only one of them');
  }
  if (consent !== undefined) {
    const { people, residentIds } = checked('consent.people', consent.people, today);
    return { part: 'CONSENT', document: plain({ ...consent, people }), residentIds };
  }
  const { payee, members: given, retainUntil = '' } = { ...statutory };
  if (retainUntil < today) throw wrongInput('statutory.retainUntil', '不得早于今天', 'must not be before today');
  if (payee === undefined && given === undefined) {
    throw wrongInput('statutory.payee', '与members至少填写一项', 'or members is needed');
  }
  const { people: members, residentIds } = checked('statutory.members', given ?? [], today);
  const document = plain({ payee, ...(given !== undefined && { members }), retainUntil });
  return { part: 'STATUTORY', document, residentIds, retainUntil };
}

function checked<P extends HouseholdMember | CollectiveMember>(list: string, given: readonly P[], today: LocalDate) {
  const residentIds: { number: string; field: string }[] = [];
  const people = given.map((person, i) => {
    if (person.residentId === undefined) return person;
    const field = `${list}.${i}.residentId`;
    const number = validResidentId(person.residentId, today, field);
    if (residentIds.some((other) => other.number === number)) {
      throw wrongInput(field, '与前面的人相同', 'is the same as that of somebody before');
    }
    residentIds.push({ number, field });
    return { ...person, residentId: number };
  });
  return { people, residentIds };
}

/** Without the classes, and the fields left out, that validation has made. */
function plain(document: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(document)) as Record<string, unknown>;
}
