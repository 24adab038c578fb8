import { type Command, commandIdOf, fingerprintOf, newHouseholdId, uuidV8 } from '@ledger/domain';
import { plainToInstance } from 'class-transformer';

const ACTOR = 'demo';

/** A command as the API would make it of a request of the demo's own. */
export function asked<C extends Command>(type: new () => C, key: string, fields: Omit<C, 'context'>): C {
  const command = plainToInstance(type, fields);
  command.context = {
    actor: ACTOR,
    idempotencyKey: key,
    commandId: demoCommandId(key),
    fingerprint: fingerprintOf(`demo ${type.name}`, fields),
  };
  return command;
}

export function demoCommandId(key: string): string {
  return commandIdOf(ACTOR, key);
}

/** The ids of what the demo's own commands begin follow from their keys, so that others can name it beforehand. */
export function demoProjectId(project: string): string {
  return uuidV8(`project\n${demoCommandId(proposalKey(project))}`);
}

export function proposalKey(project: string): string {
  return `project/${project}/propose`;
}

export function demoHouseholdId(key: string): string {
  return newHouseholdId(demoCommandId(key));
}
