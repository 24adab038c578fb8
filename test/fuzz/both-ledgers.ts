import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { controllers } from '../../apps/api/src/controllers.js';
import { openapiDocument } from '../../apps/api/src/openapi/document.js';
import { clockAhead } from '../support/clock-ahead.js';
import { type IdentityProvider, oidcEnvironment, startIdentityProvider } from '../support/identity-provider.js';
import { type RunningLedger, startLedger, TOKEN } from '../support/running-ledger.js';
import { Asker } from './asker.js';
import { conformanceTo } from './conformance.js';
import { WRONG_TOKENS } from './faults.js';
import { fuzz, type WrongTokens } from './fuzz.js';
import { type Json, type Operation, operationsOf } from './operations.js';
import { administrator, peopleOfRoles, staffed } from './people.js';
import { type Acknowledged, differences, Recorded } from './recorded.js';
import { alone } from './staff.js';
import { Tally } from './tally.js';
import { validAccounts } from './valid-accounts.js';
import { validAssets } from './valid-assets.js';
import { validDrafts } from './valid-drafts.js';
import { validPeople } from './valid-people.js';
import { validProjects } from './valid-projects.js';
import { asDocumented, validReads } from './valid-reads.js';
import { type Recipe, validWrites } from './valid-writes.js';
import { World } from './world.js';

export interface Fuzzed {
  readonly sent: number;
  /** What came of every operation, in words. */
  readonly table: string;
  /** Everything that is wrong; empty when nothing is. */
  readonly wrong: readonly string[];
}

interface Asked {
  readonly directory: string;
  readonly requests: number;
  readonly seed: number;
  /** What all clocks say when it begins. */
  readonly now: string;
}

type Access = 'token' | 'accounts';

/** What every operation must have had of both, in each ledger that has it. */
const AT_LEAST = 20;
const MIN_TOKEN_SHARE = 0.4;
/** As many answers of a kind come in so many turns, or they do not come. */
const MAX_TURNS = 40;
/** Turns in which those ask who may do less. */
const TURNS_OF_OTHERS = 3;

const OF_ACCOUNTS = { ...validAccounts, ...validDrafts };
const RECIPES: Readonly<Record<string, Recipe>> = {
  ...validWrites,
  ...validProjects,
  ...validAssets,
  ...validPeople,
  ...validReads,
  ...OF_ACCOUNTS,
};

const OPERATOR = { authorization: `Bearer ${TOKEN}`, principal: 'operator' };

/**
 * Fuzzes a ledger with one token, and beside it one with accounts: there each operation is asked by who may do it, drafts
 * are signed, and others ask who may do less.
 */
export async function fuzzBothLedgers(asked: Asked): Promise<Fuzzed> {
  const aheadMs = Date.parse(asked.now) - Date.now();
  const setRight = clockAhead(aheadMs);
  const provider = await startIdentityProvider();
  try {
    const fuzzing = new Fuzzing({ ...asked, aheadMs }, provider);
    const both = await Promise.all([fuzzing.withOneToken().catch(failed), fuzzing.withAccounts().catch(failed)]);
    return {
      sent: both.reduce((sum, { sent }) => sum + sent, 0),
      table: both.map(({ table }) => table).join('\n\n'),
      wrong: both.flatMap(({ wrong }) => wrong),
    };
  } finally {
    await provider.close();
    setRight();
  }
}

class Fuzzing {
  readonly #document = JSON.parse(JSON.stringify(openapiDocument(controllers))) as Json;
  readonly #conformance = conformanceTo(this.#document);
  readonly #operations = operationsOf(this.#document);
  readonly #ofBoth = this.#operations.filter(({ id }) => !(id in OF_ACCOUNTS));

  constructor(
    private readonly asked: Asked & { readonly aheadMs: number },
    private readonly provider: IdentityProvider,
  ) {}

  withOneToken(): Promise<Fuzzed> {
    return this.#run('token', this.#ofBoth, async (world) => {
      await world.found();
      return this.#asked(world, this.#ofBoth, WRONG_TOKENS);
    });
  }

  withAccounts(): Promise<Fuzzed> {
    return this.#run('accounts', this.#operations, async (world) => {
      world.asker.staff = await staffed(world);
      await world.found();
      const { others, ended } = await peopleOfRoles(world);
      const byOthers = {
        seed: this.asked.seed + 1_000_000,
        asked: this.#ofBoth.map((operation) => ({ operation, recipe: asDocumented(operation) })),
        others: [...others, ...ended],
        enough: atMost(TURNS_OF_OTHERS),
      };
      const wrongTokens = [...WRONG_TOKENS, OPERATOR.authorization, ...ended];
      return [...(await fuzz(world, byOthers)), ...(await this.#asked(world, this.#operations, wrongTokens))];
    });
  }

  /** Half of the requests at least, and then more of what has had too little. */
  async #asked(world: World, operations: readonly Operation[], wrongTokens: WrongTokens): Promise<string[]> {
    const { tally } = world.asker;
    const asked = operations.map((operation) => ({
      operation,
      recipe: RECIPES[operation.id] ?? asDocumented(operation),
    }));
    const { seed, requests } = this.asked;
    const isShort = ({ id }: Operation) => !tally.hasBoth(id, AT_LEAST);
    const tooMany = atMost(MAX_TURNS);
    return fuzz(world, {
      seed,
      asked,
      wrongTokens,
      wants: (operation) => tally.sent < requests / 2 || isShort(operation),
      enough: () => tally.sent >= requests / 2 && (!operations.some(isShort) || tooMany()),
    });
  }

  async #run(
    access: Access,
    operations: readonly Operation[],
    ask: (world: World) => Promise<string[]>,
  ): Promise<Fuzzed> {
    const directory = join(this.asked.directory, access);
    mkdirSync(directory);
    const tally = new Tally();
    const acknowledged: Acknowledged = { commands: new Set(), facts: new Set() };
    const ledger = await this.#start(access, directory);
    const recorded = await Recorded.in(directory);
    const wrong: string[] = [];
    try {
      const first = access === 'token' ? OPERATOR : await administrator(ledger);
      const asker = new Asker(ledger.url, alone(first), this.#conformance, tally, recorded, acknowledged);
      asker.letIn(first);
      wrong.push(...(await ask(new World(asker, this.#operations, this.provider))));
    } finally {
      await recorded.close();
      await ledger.stop();
    }
    const afterwards = await this.#start('token', directory);
    wrong.push(...(await differences(afterwards, acknowledged)), ...shortOf(tally, operations));
    await afterwards.stop();
    const table = `${access}\n${tally.table(operations)}`;
    return { sent: tally.sent, table, wrong: wrong.map((sentence) => `${access}: ${sentence}`) };
  }

  #start(access: Access, directory: string): Promise<RunningLedger> {
    const env = {
      LEDGER_ACCESS: access,
      TEST_AHEAD_MS: String(this.asked.aheadMs),
      ...(access === 'accounts' && oidcEnvironment(this.provider)),
    };
    return startLedger(directory, { entry: 'dist/test/support/at-another-time.js', env });
  }
}

function shortOf(tally: Tally, operations: readonly Operation[]): string[] {
  const short = operations.filter(({ id }) => !tally.hasBoth(id, AT_LEAST));
  const few = short.map(({ id }) => `${id}: only ${tally.of(id).good} answers 2xx and ${tally.of(id).refused} 4xx`);
  const share = `only ${tally.tokenShare} of the requests carry a valid token`;
  return [...few, ...(tally.tokenShare < MIN_TOKEN_SHARE ? [share] : [])];
}

/** What went wrong with one of them does not stop the other. */
function failed(error: unknown): Fuzzed {
  return { sent: 0, table: '', wrong: [error instanceof Error ? String(error.stack) : String(error)] };
}

function atMost(turns: number): () => boolean {
  let turn = 0;
  return () => ++turn > turns;
}
