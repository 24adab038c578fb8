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
/** Of the requests that are wanted, those that the ledger with one token is asked. */
const SHARE_WITH_TOKEN = 0.8;
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

const WITH_TOKEN = { authorization: `Bearer ${TOKEN}`, principal: 'operator' };

/**
 * Fuzzes a ledger with one token, and the same ledger with accounts: what is about accounts, sessions and drafts by whom it
 * is for, everything else by people of several roles.
 */
export async function fuzzBothLedgers(asked: Asked): Promise<Fuzzed> {
  const fuzzing = new Fuzzing(asked);
  await fuzzing.withOneToken();
  await fuzzing.withAccounts();
  await fuzzing.compareWithTheLog();
  return fuzzing.outcome();
}

class Fuzzing {
  readonly #document = JSON.parse(JSON.stringify(openapiDocument(controllers))) as Json;
  readonly #operations = operationsOf(this.#document);
  readonly #conformance = conformanceTo(this.#document);
  readonly #tally = new Tally();
  readonly #wrong: string[] = [];
  readonly #acknowledged = new Set<string>();
  readonly #refused = new Set<string>();
  #made: Made | undefined;

  constructor(private readonly asked: Asked) {}

  async withOneToken(): Promise<void> {
    const asked = this.#operations.filter((operation) => !isOfAccounts(operation)).map(withRecipe);
    const enough = this.#enough(asked, this.asked.requests * SHARE_WITH_TOKEN);
    await this.#run(
      'token',
      async () => WITH_TOKEN,
      async (world) => {
        await world.found();
        return fuzz(world, { seed: this.asked.seed, asked, wrongTokens: WRONG_TOKENS, enough });
      },
    );
  }

  async withAccounts(): Promise<void> {
    await this.#run('accounts', administrator, async (world) => {
      const people = await peopleOfRoles(world);
      const drafts = validDrafts(people);
      const own = this.#operations
        .filter(({ id }) => id in validAccounts || id in drafts)
        .map((operation) => ({ operation, recipe: drafts[operation.id] ?? withRecipe(operation).recipe }));
      const others = this.#operations
        .filter(({ id }) => !own.some(({ operation }) => operation.id === id))
        .map((operation) => ({ operation, recipe: asDocumented(operation) }));
      const wrongTokens = [...WRONG_TOKENS, WITH_TOKEN.authorization, ...people.ended];
      let turns = 0;
      const byOthers = {
        seed: this.asked.seed + 1_000_000,
        asked: others,
        others: [...people.others, ...people.ended],
        wrongTokens,
        enough: () => ++turns > TURNS_OF_OTHERS,
      };
      const enough = this.#enough(own, this.asked.requests);
      return [
        ...(await fuzz(world, byOthers)),
        ...(await fuzz(world, { seed: this.asked.seed + 2_000_000, asked: own, wrongTokens, enough })),
      ];
    });
  }

  async compareWithTheLog(): Promise<void> {
    const ledger = await startLedger(this.asked.directory);
    const recorded = await commandIdsOf(ledger);
    await ledger.stop();
    for (const id of this.#refused) {
      if (recorded.has(id) && !this.#acknowledged.has(id)) this.#wrong.push(`the refused command ${id} left a fact`);
    }
    for (const id of this.#acknowledged) {
      if (!recorded.has(id)) this.#wrong.push(`the acknowledged command ${id} left none`);
    }
  }

  outcome(): Fuzzed {
    const tally = this.#tally;
    const short = this.#operations.filter(({ id }) => !NEED_PROVIDER.includes(id) && !tally.hasBoth(id, AT_LEAST));
    const few = short.map(({ id }) => `${id}: only ${tally.of(id).good} answers 2xx and ${tally.of(id).refused} 4xx`);
    const share = `only ${tally.tokenShare} of the requests carry a valid token`;
    const wrong = [...this.#wrong, ...few, ...(tally.tokenShare < MIN_TOKEN_SHARE ? [share] : [])];
    return { tally, operations: this.#operations, wrong };
  }

  async #run(
    access: 'token' | 'accounts',
    begin: (ledger: RunningLedger) => Promise<Credential>,
    ask: (world: World) => Promise<string[]>,
  ): Promise<void> {
    const ledger = await startLedger(this.asked.directory, { env: { LEDGER_ACCESS: access } });
    try {
      const asker = new Asker(ledger.url, [await begin(ledger)], this.#conformance, this.#tally);
      const world = new World(asker, this.#operations, this.#made);
      this.#wrong.push(...(await ask(world)));
      for (const id of asker.acknowledged) this.#acknowledged.add(id);
      for (const id of asker.refused) this.#refused.add(id);
      this.#made = world.made;
    } finally {
      await ledger.stop();
    }
  }

  #enough(asked: readonly { readonly operation: Operation }[], requests: number): () => boolean {
    let turns = 0;
    return () =>
      this.#tally.sent >= requests &&
      (++turns > MAX_TURNS || asked.every(({ operation: { id } }) => this.#tally.hasBoth(id, AT_LEAST)));
  }
}

function withRecipe(operation: Operation): { operation: Operation; recipe: Recipe } {
  return { operation, recipe: RECIPES[operation.id] ?? asDocumented(operation) };
}

/** What a ledger with one token has nothing to answer to. */
function isOfAccounts({ id }: Operation): boolean {
  return id in validAccounts || OF_DRAFTS.includes(id) || NEED_PROVIDER.includes(id);
}
