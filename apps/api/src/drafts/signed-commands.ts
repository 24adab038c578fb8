import { aggregates, type CommandClass } from '@ledger/commands';
import type { Command } from '@ledger/domain';
import type { PipeTransform } from '@nestjs/common';
import { type Operation, operationCalled } from '../access/rules/index.js';

const classes = new Map(
  aggregates.flatMap(({ commands }) => commands.map((command): [string, CommandClass] => [command.name, command])),
);

/** The command that a body asks for, checked like the body of its own route. Rejects with `INPUT_INVALID` as that does. */
export async function commandOf(
  name: string,
  path: object,
  body: object,
  checked: Pick<PipeTransform, 'transform'>,
): Promise<Command> {
  const metatype = classes.get(name);
  if (metatype === undefined) throw new Error(`a draft asks for ${name}, which is no command of this program`);
  const command = (await checked.transform(body, { type: 'body', metatype })) as Command;
  return Object.assign(command, path);
}

/** The operation by which a command is sent, as the route of every command is named. */
export function operationOf(command: string): Operation {
  return operationCalled(`${command.charAt(0).toLowerCase()}${command.slice(1)}`);
}
