import { controllers } from '../../apps/api/src/controllers.js';
import { openapiDocument } from '../../apps/api/src/openapi/document.js';
import { type RunningLedger, startLedger, TOKEN } from '../support/running-ledger.js';
import { Asker, type Credential } from './asker.js';
import { conformanceTo } from './conformance.js';
import { WRONG_TOKENS } from './faults.js';
import { fuzz } from './fuzz.js';
import { type Json, type Operation, operationsOf } from './operations.js';
import { commandIdsOf } from './recorded.js';
import { administrator, peopleOfRoles } from './people.js';
import { Tally } from './tally.js';
import { validAccounts } from './valid-accounts.js';
import { validAssets } from './valid-assets.js';
import { OF_DRAFTS, validDrafts } from './valid-drafts.js';
import { validPeople } from './valid-people.js';
import { validProjects } from './valid-projects.js';
import { asDocumented, validReads } from './valid-reads.js';
import { type Recipe, validWrites } from './valid-writes.js';
import { type Made, World } from './world.js';

export interface Fuzzed {
  readonly tally: Tally;
  readonly operations: readonly Operation[];
  /** Everything that is wrong; empty when nothing is. */
  readonly wrong: readonly string[];
}

interface Asked {
  readonly directory: string;
  readonly requests: number;
  readonly seed: number;
}

/** What every operation must have had of both. */
const AT_LEAST = 20;
const MIN_TOKEN_SHARE = 0.4;
/** As many answers of a kind come in so many turns, or they do not come. */
const MAX_TURNS = 40;
/** Turns in which those ask who may do less. */
const TURNS_OF_OTHERS = 3;
/** These need an identity provider, which the tests of logging in have. */
const NEED_PROVIDER = ['beginOidcLogIn', 'completeOidcLogIn'];

const RECIPES: Readonly<Record<string, Recipe>> = {
  ...validWrites,
  ...validProjects,
  ...validAssets,
  ...validPeople,
  ...validReads,
  ...validAccounts,
};

/**
 * Fuzzes a ledger with one token, and the same ledger with accounts: what is about accounts and sessions by their
 * administrator, everything else by people of several roles.
 */
export async function fuzzBothLedgers({ directory, requests, seed }: Asked): Promise<Fuzzed> {
  const document = JSON.parse(JSON.stringify(openapiDocument(controllers))) as Json;
  const operations = operationsOf(document);
  const conformance = conformanceTo(document);
  const tally = new Tally();
  const recipes = operations.map((operation) => ({
    operation,
    recipe: RECIPES[operation.id] ?? asDocumented(operation),
  }));
  const wrong: string[] = [];
  const acknowledged = new Set<string>();
  const refused = new Set<string>();

  const run = async (
    access: 'token' | 'accounts',
    begin: (ledger: RunningLedger) => Promise<Credential>,
    ask: (world: World) => Promise<string[]>,
    made?: Made,
  ): Promise<Made> => {
    const ledger = await startLedger(directory, { env: { LEDGER_ACCESS: access } });
    try {
      const credential = await begin(ledger);
      const asker = new Asker(ledger.url, [credential], conformance, tally);
      const world = new World(asker, operations, made);
      wrong.push(...(await ask(world)));
      for (const id of asker.acknowledged) acknowledged.add(id);
      for (const id of asker.refused) refused.add(id);
      return world.made;
    } finally {
      await ledger.stop();
    }
  };
  const until = (asked: readonly { operation: Operation }[], least: number) => {
    let turns = 0;
    return () =>
      tally.sent >= least &&
      (++turns > MAX_TURNS || asked.every(({ operation: { id } }) => tally.hasBoth(id, AT_LEAST)));
  };

  const withToken = recipes.filter(({ operation }) => !isOfAccounts(operation));
  const token = { authorization: `Bearer ${TOKEN}`, principal: 'operator' };
  const made = await run(
    'token',
    async () => token,
    async (world) => {
      await world.found();
      const enough = until(withToken, requests * 0.8);
      return fuzz(world, { seed, asked: withToken, wrongTokens: WRONG_TOKENS, enough });
    },
  );

  await run(
    'accounts',
    administrator,
    async (world) => {
      const people = await peopleOfRoles(world);
      const drafts = validDrafts(people);
      const withAccounts = recipes
        .filter(({ operation: { id } }) => id in validAccounts || id in drafts)
        .map(({ operation, recipe }) => ({ operation, recipe: drafts[operation.id] ?? recipe }));
      const wrongTokens = [...WRONG_TOKENS, token.authorization, ...people.ended];
      const own = { seed: seed + 1_000_000, asked: withAccounts, wrongTokens, enough: until(withAccounts, requests) };
      let turns = 0;
      const asked = withToken.map(({ operation }) => ({ operation, recipe: asDocumented(operation) }));
      const others = { seed: seed + 2_000_000, asked, others: [...people.others, ...people.ended], wrongTokens };
      return [
        ...(await fuzz(world, { ...others, enough: () => ++turns > TURNS_OF_OTHERS })),
        ...(await fuzz(world, own)),
      ];
    },
    made,
  );

  const ledger = await startLedger(directory);
  const recorded = await commandIdsOf(ledger);
  await ledger.stop();
  for (const id of refused) {
    if (recorded.has(id) && !acknowledged.has(id)) wrong.push(`the refused command ${id} left a fact`);
  }
  for (const id of acknowledged) if (!recorded.has(id)) wrong.push(`the acknowledged command ${id} left none`);
  const counted = operations.filter(({ id }) => !NEED_PROVIDER.includes(id) && !tally.hasBoth(id, AT_LEAST));
  wrong.push(
    ...counted.map(({ id }) => `${id}: only ${tally.of(id).good} answers 2xx and ${tally.of(id).refused} 4xx`),
  );
  if (tally.tokenShare < MIN_TOKEN_SHARE) wrong.push(`only ${tally.tokenShare} of the requests carry a valid token`);
  return { tally, operations, wrong };
}

/** What a ledger with one token has nothing to answer to. */
function isOfAccounts({ id }: Operation): boolean {
  return id in validAccounts || OF_DRAFTS.includes(id) || NEED_PROVIDER.includes(id);
}
