import { type Role, roleNames, roles } from '@ledger/domain';
import { notes } from '../access/notes.js';
import { isRuled, operationCalled, type Rule, rules } from '../access/rules/index.js';
import type { OpenApi } from './document.js';
import type { Schema } from './schema.js';

const INTRODUCTION = `# Who may do what 谁可以做什么

Written by \`npm run openapi\` from the rules that the program itself asks (\`apps/api/src/access/rules\`); do not edit.
A role reaches as far as its grant: the division with all below it, the books it names, from its first day to its last.
What lies outside is answered as if it were not there. An operation without a mark in a column answers
\`403 ROLE_NOT_ALLOWED\` to that role. What is posted is submitted here, and recorded when a reviewer approves it.
What an operation with † asks for besides stands under its table.

由\`npm run openapi\`按程序实际使用的规则生成,请勿手改。角色只在授权的区划(含下级)、账套和起止日期内有效;授权以外的一律如同不存在。
没有标记的,该角色一律403。记账业务由此提交,经审核人批准后入账。
带†的另有条件,列于表下。
`;

/** The table of roles and operations as a page to be printed, part by part of the interface. */
export function permissionTable({ paths, tags }: OpenApi): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Schema => {
      return { ...operation, route: `${method.toUpperCase()} ${path}` };
    }),
  );
  const ruled = operations.filter(({ operationId }) => isRuled(String(operationId)));
  const parts = (tags as readonly Schema[]).flatMap(({ name, description }) => {
    const own = ruled.filter((operation) => (operation['tags'] as string[]).includes(String(name)));
    return own.length === 0 ? [] : [`## ${String(name)} ${String(description)}\n\n${table(own)}`];
  });
  const names = roleNames.map((role) => `| \`${role}\` | ${roles[role].zh} | ${roles[role].en} | ${LEVELS[role]} |`);
  const legend = ['| role | 角色 | who | granted for |', '| --- | --- | --- | --- |', ...names].join('\n');
  return [INTRODUCTION, `${legend}\n`, ...parts].join('\n') + '\n';
}

const LEVELS = Object.fromEntries(roleNames.map((role) => [role, roles[role].level])) as Record<Role, string>;

function table(operations: readonly Schema[]): string {
  const head = `| operation | 接口 · route | 说明 · what | ${roleNames.map((role) => role.replaceAll('_', ' ')).join(' | ')} |`;
  const rows = operations.map(({ operationId, route, summary }) => {
    const operation = operationCalled(String(operationId));
    const rule = rules[operation];
    const what = notes[operation] === undefined ? String(summary) : `${String(summary)} †`;
    const marks = roleNames.map((role) => (allows(rule, role) ? '●' : ' '));
    return `| \`${operation}\` | \`${String(route)}\` | ${what} | ${marks.join(' | ')} |`;
  });
  const printed = [head, `| --- | --- | --- |${' :-: |'.repeat(roleNames.length)}`, ...rows].join('\n');
  return [`${printed}\n`, ...notesOn(operations)].join('\n');
}

/** What an operation asks for beyond the marks. */
function notesOn(operations: readonly Schema[]): string[] {
  const lines = operations.flatMap(({ operationId }) => {
    const note = notes[operationCalled(String(operationId))];
    return note === undefined ? [] : [`- † \`${String(operationId)}\` ${note.zh} ${note.en}\n`];
  });
  return lines.length === 0 ? [] : [lines.join('')];
}

function allows(rule: Rule, role: Role): boolean {
  return rule === 'everybody' || rule.includes(role);
}
