import { exactNumbers } from '@ledger/postgres';
import { Client, type ClientBase } from 'pg';

/** A connection of its own whose statements find the tables of a schema. The caller ends it. */
export async function connected(url: string, schema: string): Promise<Client> {
  const client = new Client({ connectionString: url, types: exactNumbers });
  // The next statement says that the connection is lost; without a listener the process would end first.
  client.on('error', () => undefined);
  await client.connect();
  await goTo(client, schema);
  return client;
}

/** Statements of the connection find the tables of this schema from now on. */
export async function goTo(client: ClientBase, schema: string): Promise<void> {
  await client.query("SELECT set_config('search_path', $1, false)", [schema]);
}
