import * as fc from 'fast-check';
import { Asker, type Credential } from './asker.js';
import { conformanceTo } from './conformance.js';
import { draws } from './draw.js';
import { anyFault, surelyRefused, WRONG_TOKENS } from './faults.js';
import { type Json, type Operation, operationsOf } from './operations.js';
import { Tally } from './tally.js';
import { validAssets } from './valid-assets.js';
import { validProjects } from './valid-projects.js';
import { validRead, validReads } from './valid-reads.js';
import { type Recipe, validWrites } from './valid-writes.js';
import { World } from './world.js';

export interface FuzzOptions {
  readonly url: string;
  readonly document: Json;
  readonly credentials: readonly Credential[];
  readonly wrongTokens?: readonly string[];
  readonly requests: number;
  readonly seed: number;
}

export interface Fuzzed {
  readonly tally: Tally;
  readonly operations: readonly Operation[];
  readonly acknowledged: ReadonlySet<string>;
  readonly refused: ReadonlySet<string>;
}

/** What every operation must have had of both; one that has no input to refuse is said by name. */
export const AT_LEAST = 20;
const RECIPES: Readonly<Record<string, Recipe>> = { ...validWrites, ...validProjects, ...validAssets, ...validReads };
/** In a turn each operation is asked so often; many turns, so that what one does is in the way of the others. */
const VALID_IN_TURN = 2;
const BROKEN_IN_TURN = 3;
const MAX_TURNS = 10_000;

/**
 * Asks every operation of the document, valid and broken, in turns until there were so many requests and each had enough
 * answers of both kinds. Throws at the first answer that the document does not promise, with the smallest request that
 * gets it. The same seed asks the same.
 */
export async function fuzz(options: FuzzOptions): Promise<Fuzzed> {
  const operations = operationsOf(options.document);
  const tally = new Tally();
  const asker = new Asker(options.url, options.credentials, conformanceTo(options.document), tally);
  const world = new World(asker, operations);
  await world.found();
  const enough = (): boolean =>
    tally.sent >= options.requests &&
    operations.every(({ id }) => tally.of(id).good >= AT_LEAST && tally.of(id).refused >= AT_LEAST);
  const wrongTokens = [...WRONG_TOKENS, ...(options.wrongTokens ?? [])];
  for (let turn = 0; turn < MAX_TURNS && !enough(); turn++) {
    for (const [i, operation] of operations.entries()) {
      const seed = options.seed + turn * operations.length + i;
      await askOperation(world, operation, wrongTokens, seed);
    }
  }
  return { tally, operations, acknowledged: asker.acknowledged, refused: asker.refused };
}

async function askOperation(
  world: World,
  operation: Operation,
  wrongTokens: readonly (string | undefined)[],
  seed: number,
): Promise<void> {
  const { asker } = world;
  const recipe = RECIPES[operation.id] ?? validRead(operation);
  const mustBeTaken = operation.method !== 'GET' && operation.method !== 'HEAD';
  const valid = fc.asyncProperty(draws, async (any) => {
    const request = asker.request(operation, await recipe(world, any));
    world.see(await (mustBeTaken ? asker.accepted(request) : asker.ask(request)));
  });
  const fault = fc.oneof(surelyRefused(operation, wrongTokens), anyFault(operation));
  const broken = fc.asyncProperty(draws, fault, async (any, spoil) => {
    world.see(await asker.ask(spoil(asker.request(operation, await recipe(world, any)))));
  });
  await fc.assert(valid, { seed, numRuns: VALID_IN_TURN });
  await fc.assert(broken, { seed, numRuns: BROKEN_IN_TURN });
}
