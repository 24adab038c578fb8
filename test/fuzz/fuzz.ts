import * as fc from 'fast-check';
import { Asker, type Credential } from './asker.js';
import { conformanceTo } from './conformance.js';
import { draws } from './draw.js';
import { anyFault, surelyRefused, WRONG_TOKENS } from './faults.js';
import { type Json, type Operation, operationsOf } from './operations.js';
import type { Request } from './request.js';
import { Tally } from './tally.js';
import { validAssets } from './valid-assets.js';
import { validProjects } from './valid-projects.js';
import { validRead, validReads } from './valid-reads.js';
import { type Recipe, validWrites } from './valid-writes.js';
import { type Said, World } from './world.js';

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
  /** What was answered otherwise than the document promises, with the smallest request that gets it. */
  readonly failures: readonly string[];
}

/** What every operation must have had of both; one that has no input to refuse is said by name. */
export const AT_LEAST = 20;
const RECIPES: Readonly<Record<string, Recipe>> = { ...validWrites, ...validProjects, ...validAssets, ...validReads };
/** In a turn each operation is asked so often; many turns, so that what one does is in the way of the others. */
const RUNS_IN_TURN = 2;
/** A failure is made smaller for so long. */
const MAX_SHRINKING_MS = 10_000;
/** As many answers of a kind come in so many turns, or they do not come. */
const MAX_TURNS_FOR_ENOUGH = 15;
/** After so many it is known that something is wrong. */
const MAX_FAILURES = 20;

/**
 * Asks every operation of the document, valid and broken, in turns until there were so many requests and each had enough
 * answers of both kinds. The same seed asks the same.
 */
export async function fuzz(options: FuzzOptions): Promise<Fuzzed> {
  const operations = operationsOf(options.document);
  const tally = new Tally();
  const asker = new Asker(options.url, options.credentials, conformanceTo(options.document), tally);
  const world = new World(asker, operations);
  await world.found();
  const failures = new Map<string, string>();
  const short = ({ id }: Operation): boolean => !failures.has(id) && !tally.hasBoth(id, AT_LEAST);
  const enough = (turn: number): boolean =>
    tally.sent >= options.requests && (turn >= MAX_TURNS_FOR_ENOUGH || !operations.some(short));
  const wrongTokens = [...WRONG_TOKENS, ...(options.wrongTokens ?? [])];
  for (let turn = 0; failures.size < MAX_FAILURES && !enough(turn); turn++) {
    for (const [i, operation] of operations.entries()) {
      const seed = options.seed + turn * operations.length + i;
      // One failure of an operation says enough; the others are still asked.
      if (!failures.has(operation.id))
        await askOperation(world, operation, wrongTokens, seed).catch((error: unknown) =>
          failures.set(operation.id, `${operation.id}: ${causeOf(error)}`),
        );
    }
  }
  return {
    tally,
    operations,
    acknowledged: asker.acknowledged,
    refused: asker.refused,
    failures: [...failures.values()],
  };
}

/**
 * Broken requests first, then the valid one that they were made from: what was refused has changed nothing, so it is
 * accepted still. A broken one may turn out to be right; then another valid one is made.
 */
async function askOperation(
  world: World,
  operation: Operation,
  wrongTokens: readonly (string | undefined)[],
  seed: number,
): Promise<void> {
  const { asker } = world;
  const recipe = RECIPES[operation.id] ?? validRead(operation);
  const reads = operation.method === 'GET' || operation.method === 'HEAD';
  const fault = fc.oneof({ weight: 2, arbitrary: surelyRefused(operation, wrongTokens) }, anyFault(operation));
  const faults = fc.array(fault, { minLength: 1, maxLength: 3 });
  const property = fc.asyncProperty(draws, faults, async (any, spoils) => {
    let valid = asker.request(operation, await recipe(world, any));
    for (const spoil of spoils) {
      const answer = await asker.ask(spoil(asker.request(operation, saidBy(valid))));
      world.see(answer);
      if (answer.status < 300 && !reads) valid = asker.request(operation, await recipe(world, any));
    }
    world.see(await (reads ? asker.ask(valid) : asker.accepted(valid)));
  });
  await fc.assert(property, { seed, numRuns: RUNS_IN_TURN, skipAllAfterTimeLimit: MAX_SHRINKING_MS });
}

/** All but who asks and under which key. */
function saidBy({ path, query, body }: Request): Said {
  return { path, query, ...(body === undefined ? {} : { body }) };
}

/** What fast-check says of a failure is about the values that were drawn; its cause is the request. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : causeOf(error.cause);
}
