import { aggregates, type CommandClass } from '@ledger/commands';
import type { Command } from '@ledger/domain';
import { validationPipe } from '../boot/validation.js';

const classes = new Map(
  aggregates.flatMap(({ commands }) => commands.map((command): [string, CommandClass] => [command.name, command])),
);
const checked = validationPipe();

/** The command that a body asks for, checked like the body of its own route. Throws `INPUT_INVALID` as that does. */
export async function commandOf(name: string, path: object, body: object): Promise<Command> {
  const metatype = classes.get(name);
  if (metatype === undefined) throw new Error(`a draft asks for ${name}, which is no command of this program`);
  const command = (await checked.transform(body, { type: 'body', metatype })) as Command;
  return Object.assign(command, path);
}
