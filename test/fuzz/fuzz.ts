import * as fc from 'fast-check';
import { draws } from './draw.js';
import { anyFault, surelyRefused, WRONG_TOKENS } from './faults.js';
import { isRead, type Operation } from './operations.js';
import type { Recipe } from './valid-writes.js';
import type { World } from './world.js';

export type WrongTokens = readonly (string | undefined)[];

interface Turns {
  readonly seed: number;
  /** What to ask, and how to ask it so that it is accepted. */
  readonly asked: readonly { readonly operation: Operation; readonly recipe: Recipe }[];
  /** Those who ask for the recipes instead of who may do it; they may be refused. */
  readonly others?: readonly string[];
  readonly wrongTokens?: WrongTokens;
  /** Whether an operation is to be asked still. */
  wants?(operation: Operation): boolean;
  /** Whether there was enough. */
  enough(): boolean;
}

/** In a turn each operation is asked so often; many turns, so that what one does is in the way of the others. */
const RUNS_IN_TURN = 2;
/** A failure is made smaller for so long. */
const MAX_SHRINKING_MS = 10_000;
/** After so many it is known that something is wrong. */
const MAX_FAILURES = 20;

/**
 * Asks operations, valid and broken, in turns until there was enough. Gives what was answered otherwise than the document
 * promises, each with the smallest request that gets it. The same seed asks the same.
 */
export async function fuzz(world: World, turns: Turns): Promise<string[]> {
  const failures = new Map<string, string>();
  for (let seed = turns.seed; failures.size < MAX_FAILURES && !turns.enough();) {
    for (const { operation, recipe } of turns.asked) {
      seed++;
      // One failure of an operation says enough; the others are still asked.
      if (failures.has(operation.id) || turns.wants?.(operation) === false) continue;
      const how = { seed, numRuns: RUNS_IN_TURN, skipAllAfterTimeLimit: MAX_SHRINKING_MS };
      const asked =
        turns.others === undefined
          ? fc.assert(asking(world, operation, recipe, turns.wrongTokens ?? WRONG_TOKENS), how)
          : fc.assert(askingAs(turns.others, world, operation, recipe), how);
      await asked.catch((error: unknown) => failures.set(operation.id, `${operation.id}: ${causeOf(error)}`));
    }
  }
  return [...failures.values()];
}

/**
 * Broken requests first, then the valid one that they were made from: what was refused has changed nothing, so it is
 * accepted still. A broken one may turn out to be right; then another valid one is made.
 */
function asking(world: World, operation: Operation, recipe: Recipe, wrongTokens: WrongTokens) {
  const { asker } = world;
  const fault = fc.oneof({ weight: 2, arbitrary: surelyRefused(operation, wrongTokens) }, anyFault(operation));
  const faults = fc.array(fault, { minLength: 1, maxLength: 3 });
  return fc.asyncProperty(draws(), faults, async (any, spoils) => {
    let said = await recipe(world, any);
    for (const spoil of spoils) {
      const answer = await asker.ask(spoil(asker.request(operation, said)));
      world.see(answer);
      if (said.countsOnce || (answer.status < 300 && !isRead(operation))) said = await recipe(world, any);
    }
    const valid = asker.request(operation, said);
    if (isRead(operation)) world.see(await asker.ask(valid));
    else await world.signed(await asker.accepted(valid));
  });
}

/** Those who may do less ask, of what there is; whether they are refused is for the tests of the permissions. */
function askingAs(others: readonly string[], world: World, operation: Operation, recipe: Recipe) {
  const { asker } = world;
  const fault = fc.option(anyFault(operation), { nil: undefined });
  return fc.asyncProperty(draws(), fc.constantFrom(...others), fault, async (any, authorization, spoil) => {
    const request = asker.request(operation, { ...(await recipe(world, any)), authorization });
    world.see(await asker.ask(spoil === undefined ? request : spoil(request)));
  });
}

/** What fast-check says of a failure is about the values that were drawn; its cause is the request. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : causeOf(error.cause);
}
