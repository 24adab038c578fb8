import { workerData } from 'node:worker_threads';
import { Client, type QueryArrayConfig } from 'pg';
import { exactNumbers } from './exact-numbers.ts';
import type { Answered, Asked, Failed, ThreadData, Told } from './asked.js';

// The thread that holds a connection for somebody who stands still until it has answered. Tests run it from source, where
// Node takes the types away and nothing else: what it imports of ours is named as the file that is there.

const { url, name, settings, connectWithinMs, heartbeatMs, port, signal } = workerData as ThreadData;
const RETRY_MS = 250;
const MAX_NAMED = 500;

let client: Client | undefined;
let connecting: Promise<void> | undefined;
let connections = 0;
let reason = '';
/** Until a connection is there again nobody waits for one: a database that cannot be reached would hold up every question. */
let isUnreachable = false;
let beginWith: readonly string[] = [];
let named = new Map<string, string>();
let ending = false;

port.on('message', (told: Told) => {
  if (told.to === 'ask') void answer(told.asked);
  else if (told.to === 'begin-with') beginWith = told.statements;
  else if (told.to === 'give-up') lose(client, 'no answer in time');
  else void end();
});
void connect();
// The thread lives while whoever asks stands still, but not while the whole process does.
if (heartbeatMs > 0) setInterval(() => void client?.query('SELECT 1').catch(() => undefined), heartbeatMs).unref();

async function answer(asked: Asked): Promise<void> {
  reply(await answered(asked));
}

async function answered({ number, text, values, rowMode, connection }: Asked): Promise<Answered | Failed> {
  try {
    if (client === undefined && !isUnreachable) await connect();
    if (client === undefined) return { number, message: reason };
    if (connection !== undefined && connection !== connections) return { number, message: 'the connection was lost' };
    const result = await client.query(queryOf(text, values, rowMode));
    // Several statements have several results.
    const { command, rows, rowCount } = Array.isArray(result) ? (result.at(-1) as typeof result) : result;
    return { number, connection: connections, command, rows, rowCount: rowCount ?? 0 };
  } catch (error) {
    const { message, code } = error as { message: string; code?: string };
    // A SQLSTATE has five characters; what Node says of a socket (ECONNRESET) is no answer of the database.
    return { number, message, ...(/^[0-9A-Z]{5}$/.test(code ?? '') && code !== 'EPIPE' && { code: code as string }) };
  }
}

/** A statement that is asked again is parsed once; one with no values may be several. */
function queryOf(text: string, values: Asked['values'], rowMode: Asked['rowMode']): QueryArrayConfig {
  const query = { text, ...(rowMode && { rowMode }) } as QueryArrayConfig;
  if (values === undefined) return query;
  let known = named.get(text);
  if (known === undefined && named.size < MAX_NAMED) named.set(text, (known = `s${named.size}`));
  return { ...query, values: [...values], ...(known !== undefined && { name: known }) };
}

async function connect(): Promise<void> {
  connecting ??= connectOnce().finally(() => (connecting = undefined));
  return connecting;
}

async function connectOnce(): Promise<void> {
  const options = Object.entries(settings)
    .map(([key, value]) => `-c ${key}=${value.replaceAll(/[\\ ]/g, String.raw`\$&`)}`)
    .join(' ');
  const made = new Client({
    connectionString: url,
    application_name: name,
    options,
    connectionTimeoutMillis: connectWithinMs,
    keepAlive: true,
    types: exactNumbers,
  });
  made.on('error', (error) => lose(made, error.message));
  made.on('end', () => lose(made, 'the connection was ended'));
  try {
    await made.connect();
    for (const statement of beginWith) await made.query(statement);
    named = new Map();
    connections++;
    isUnreachable = false;
    client = made;
  } catch (error) {
    reason = (error as Error).message || String(error);
    isUnreachable = true;
    void made.end().catch(() => undefined);
    setTimeout(() => !ending && client === undefined && void connect(), RETRY_MS).unref();
  }
}

function lose(lost: Client | undefined, why: string): void {
  if (lost === undefined || lost !== client) return;
  client = undefined;
  reason = why;
  // At once: an orderly end would wait for an answer.
  (lost as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  if (!ending) void connect();
}

async function end(): Promise<void> {
  ending = true;
  await client?.end().catch(() => undefined);
  port.close();
}

function reply(message: Answered | Failed): void {
  port.postMessage(message);
  Atomics.add(signal, 0, 1);
  Atomics.notify(signal, 0);
}
