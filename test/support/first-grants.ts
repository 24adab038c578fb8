import {
  type AccessCommand,
  accessStream,
  commandIdOf,
  decideAccess,
  emptyDivisionTree,
  emptyGrants,
  evolveDivisionTree,
  evolveGrants,
  freeze,
  GrantRole,
  readFact,
  RevokeRole,
} from '@ledger/domain';
import { firstYear } from './first-year.js';

/** An accountant of the township of the first year is given some books, and they are taken back: the facts, as their bytes. */
export function firstGrants(): string[] {
  const divisions = firstYear()
    .map((fact) => readFact(fact))
    .filter(({ stream }) => stream.startsWith('divisions-'))
    .reduce(evolveDivisionTree, emptyDivisionTree());
  let grants = emptyGrants();
  const facts: string[] = [];
  const did = (command: AccessCommand): void => {
    const revision = facts.length;
    const commandId = commandIdOf('admin', `first-grants-${revision}`);
    const context = { actor: 'admin', idempotencyKey: `first-grants-${revision}`, commandId, fingerprint: 'f' };
    const [fact] = decideAccess(Object.assign(command, { context }), grants, {
      today: '2024-03-01',
      demo: false,
      divisions,
    });
    if (fact === undefined) throw new Error('a decision about a grant is one fact');
    const bytes = freeze(fact, accessStream, revision, 0, { actor: 'admin', commandId });
    grants = evolveGrants(grants, readFact(bytes));
    facts.push(bytes);
  };
  did(
    Object.assign(new GrantRole(), {
      account: 'accountant-1',
      role: 'TOWN_ACCOUNTANT',
      division: '330603008',
      books: ['5b0f4a52-3a57-8c1e-9d2b-6f0b3f0c2a11'],
      from: '2024-03-01',
      to: '2024-12-31',
    }),
  );
  const [given] = grants.byId.keys();
  did(Object.assign(new RevokeRole(), { grant: given, reason: '岗位调整' }));
  return facts;
}
