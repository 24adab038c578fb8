import { Client, type ClientBase, type CustomTypesConfig, types } from 'pg';

/** Every number of the views is an integer that JavaScript holds exactly; one that it does not is an error, as in a file. */
const exactNumbers: CustomTypesConfig = {
  getTypeParser: (id, format) =>
    id === types.builtins.INT8 || id === types.builtins.NUMERIC ? exactNumber : types.getTypeParser(id, format),
};

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

function exactNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${text} is no exact integer`);
  return number;
}
