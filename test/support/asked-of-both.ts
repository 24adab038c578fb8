import { afterAll, expect } from '@jest/globals';
import type { EventLog } from '@ledger/eventlog';
import { buildPostgresGeneration, openPostgresReadModel, type ReadModel } from '@ledger/readmodel';
import { type GivenPostgres, givenPostgres } from './postgres.js';

/** A schema takes half a second, so of many histories that a spec file tells only some are asked about there too. */
const ALL_OF_THE_FIRST = 12;
const THEN_EVERY = 5;

let server: Promise<GivenPostgres> | undefined;
let ledgers = 0;

afterAll(async () => {
  const started = await server?.catch(() => undefined);
  await started?.stop();
}, 30_000);

/**
 * Asks each question of the views in a file also of those of the same log in PostgreSQL, and fails where the two do not answer
 * the same, byte for byte. So whatever a spec holds of the one it holds of the other. A spec file has one server.
 */
export async function askedOfBoth(inFile: ReadModel, log: EventLog): Promise<ReadModel> {
  ledgers++;
  if (ledgers > ALL_OF_THE_FIRST && ledgers % THEN_EVERY !== 0) return inFile;
  const { url } = await (server ??= givenPostgres());
  const { generation } = await buildPostgresGeneration(log, url);
  return both(inFile, openPostgresReadModel(url, generation), 'views') as ReadModel;
}

type Asked = Readonly<Record<string | symbol, unknown>>;

function both(inFile: object, inPostgres: object, name: string): object {
  return new Proxy(inFile, {
    get: (_, property) => {
      const [a, b] = [(inFile as Asked)[property], (inPostgres as Asked)[property]];
      const path = `${name}.${String(property)}`;
      if (typeof a !== 'function' || typeof b !== 'function') {
        if (typeof a === 'object' && a !== null && path !== 'views.views') return both(a, b as object, path);
        expect({ path, told: b }).toEqual({ path, told: a });
        return a;
      }
      return (...values: unknown[]) => {
        const [told, alsoTold] = [outcome(() => a.apply(inFile, values)), outcome(() => b.apply(inPostgres, values))];
        expect({ path, values, told: textOf(alsoTold) }).toEqual({ path, values, told: textOf(told) });
        if ('thrown' in told) throw told.thrown;
        return told.given;
      };
    },
  });
}

type Outcome = { readonly given: unknown } | { readonly thrown: unknown };

function outcome(ask: () => unknown): Outcome {
  try {
    const given = ask();
    return { given: isIterator(given) ? [...given] : given };
  } catch (thrown) {
    return { thrown };
  }
}

function isIterator(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && 'next' in value && Symbol.iterator in value;
}

/** Undefined where nothing was given. */
function textOf(of: Outcome): string | undefined {
  if ('thrown' in of) return `throws ${String(of.thrown)}`;
  return JSON.stringify(of.given, (_, value: unknown) =>
    value instanceof Map || value instanceof Set ? { [value.constructor.name]: [...value] } : value,
  );
}
