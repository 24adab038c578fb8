import { roles } from '@ledger/domain';
import { type Note, notes } from '../access/notes.js';
import { isRuled, type Rule, rules } from '../access/rules/index.js';
import type { Route } from './routes.js';
import type { Schema } from './schema.js';

/** An operation with the roles that may do it: as a list for programs, and in its description for people. */
export function withRoles({ open, operationId }: Route, operation: Schema): Schema {
  if (open || !isRuled(operationId)) return operation;
  const rule = rules[operationId];
  const words = [wordsOf(rule), ...noteOf(notes[operationId])].join('\n\n');
  const { description } = operation;
  const said = typeof description === 'string' ? `${description}\n\n${words}` : words;
  return { ...operation, description: said, 'x-roles': rule === 'everybody' ? [rule] : [...rule] };
}

function wordsOf(rule: Rule): string {
  if (rule === 'everybody') return '有账号即可。For whoever has an account.';
  const zh = rule.map((role) => roles[role].zh).join('、');
  return `角色:${zh}。Roles: ${rule.map((role) => roles[role].en).join(', ')}.`;
}

function noteOf(note: Note | undefined): string[] {
  return note === undefined ? [] : [`${note.zh}${note.en}`];
}
