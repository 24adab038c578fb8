import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { aggregates } from '@ledger/commands';
import { type Command, roleNames, signaturesOf } from '@ledger/domain';
import { notes } from '../../../apps/api/src/access/notes.js';
import { operationCalled, refuseUnruled, rules } from '../../../apps/api/src/access/rules/index.js';
import { controllers } from '../../../apps/api/src/controllers.js';
import { operationOf } from '../../../apps/api/src/drafts/signed-commands.js';
import { openapiDocument } from '../../../apps/api/src/openapi/document.js';
import { permissionTable } from '../../../apps/api/src/openapi/permission-table.js';

const document = openapiDocument(controllers);
const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
const ruled = operations.filter(({ security }) => security === undefined);

const partOf = (operation: string): string =>
  String(ruled.find(({ operationId }) => operationId === operation)?.['tags']);

describe('the table of roles and operations', () => {
  it('has a rule for every operation that asks who it is, and none besides', () => {
    expect(ruled.map(({ operationId }) => String(operationId)).toSorted()).toEqual(Object.keys(rules).toSorted());
  });

  it('names each role once in a rule', () => {
    for (const [operation, rule] of Object.entries(rules)) {
      if (rule === 'everybody') continue;
      expect({ operation, roles: [...new Set(rule)] }).toEqual({ operation, roles: [...rule] });
      expect(roleNames).toEqual(expect.arrayContaining([...rule]));
    }
  });

  it('stops a start with an operation that nobody has ruled on, and with a rule for no operation', () => {
    const all = Object.keys(rules);
    expect(() => refuseUnruled(all)).not.toThrow();
    expect(() => refuseUnruled([...all, 'sellVillage'])).toThrow('no rule says who may do sellVillage');
    expect(() => refuseUnruled(all.filter((operation) => operation !== 'getBooks'))).toThrow('a rule names getBooks');
  });

  it('knows every command that is signed by the operation that sends it', () => {
    const drafted = ruled.filter(({ responses, tags }) => '202' in (responses as object) && String(tags) !== 'drafts');
    const sent = drafted.map(({ requestBody, operationId }) => {
      const [, command = ''] = /"#\/components\/schemas\/(\w+)"/.exec(JSON.stringify(requestBody)) ?? [];
      expect(operationOf(command)).toBe(operationId);
      return command;
    });
    const signed = aggregates
      .flatMap(({ commands }) => commands.map((command) => new command() as Command))
      .filter((command) => signaturesOf(command) !== undefined)
      .map(({ constructor }) => constructor.name);
    // The ledger itself books for the registers; an asset and what is retried for it are signed in a part of the command.
    const expected = [...signed.filter((name) => name !== 'BookPosting'), 'RegisterAsset', 'RetryAssetPosting'];
    expect(sent.toSorted()).toEqual(expected.toSorted());
    expect(() => operationOf('SellVillage')).toThrow('no rule says who may do sellVillage');
  });

  it('stands in the OpenAPI document, for programs and for people', () => {
    const open = operations.filter(({ security }) => security !== undefined);
    expect(open.filter((operation) => 'x-roles' in operation)).toEqual([]);
    for (const operation of ruled) {
      const rule = rules[operationCalled(String(operation['operationId']))];
      expect(operation['x-roles']).toEqual(rule === 'everybody' ? ['everybody'] : rule);
    }
    const vouchers = ruled.find(({ operationId }) => operationId === 'getBooksVouchers');
    expect(vouchers?.['description']).toContain('村报账员');
    expect(vouchers?.['description']).toContain('village clerk');
  });

  it('tells by which request an operation is asked for, beside others of the same things', () => {
    const table = permissionTable(document);
    expect(table).toContain('| `approveDraft` | `POST /api/v1/drafts/{id}/approve` | ');
    for (const what of ['Projects', 'Enrolments', 'Jobs', 'Gains', 'Shares']) {
      expect(partOf(`getVillages${what}`)).toBe('projects');
    }
    for (const what of ['Projects', 'Enrolments', 'Shares']) expect(partOf(`getDivisions${what}`)).toBe('projects');
    expect(partOf('getVillagesHouseholds')).toBe('households');
    expect(partOf('getVillagesAssets')).toBe('assets');
    expect(partOf('getVillagesIncome')).toBe('statements');
  });

  it('says what an operation asks for beyond a role, where it is printed and in the document', () => {
    const [table, said] = [permissionTable(document), new Map(ruled.map((one) => [one['operationId'], one]))];
    expect(Object.keys(notes)).toEqual(expect.arrayContaining(['getAccessRecord', 'revokeSession', 'getFeed']));
    for (const [operation, { zh, en }] of Object.entries(notes)) {
      expect(table).toContain(`- † \`${operation}\` ${zh} ${en}\n`);
      expect(table).toMatch(new RegExp(`^\\| \`${operation}\` .* † \\|`, 'm'));
      expect(said.get(operation)?.['description']).toContain(`${zh}${en}`);
    }
    expect(notes.revealPersonalData?.en).toContain('`PAYMENT` (`STATUTORY`): township accountant');
    expect(notes.getEvents?.en).toContain('`household` → `getHouseholdsById`');
  });

  it('is printed in docs/permissions.md as the rules are now (npm run openapi writes it anew)', () => {
    expect(readFileSync('docs/permissions.md', 'utf8')).toBe(permissionTable(document));
  });
});
