import { type CommandContext, commandIdOf, fingerprintOf } from '@ledger/domain';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ACT, type ActDocument } from '../acts.js';
import { wrongInput } from '../input.js';
import { permitOf } from '../access/permit.js';
import { sightOf } from '../access/sight.js';
import { WRITE, type WriteRoute } from './documented.js';

export interface Asking {
  readonly context: CommandContext;
  /** For the headers of the receipt. */
  readonly reply: FastifyReply;
}

/** Who asks, under which key, resting on which revision: what every write carries beside its body, and acts on record. */
export const Asked = createParamDecorator((_: unknown, execution: ExecutionContext): Asking => {
  const http = execution.switchToHttp();
  const write = Reflect.getMetadata(WRITE, execution.getHandler()) as WriteRoute | undefined;
  const act = Reflect.getMetadata(ACT, execution.getHandler()) as ActDocument | undefined;
  return {
    context: contextOf(http.getRequest<FastifyRequest>(), write?.command.name ?? act?.name ?? ''),
    reply: http.getResponse<FastifyReply>(),
  };
});

/**
 * The fingerprint names the command and the values of its path, not the route: a retry is still known when routes are
 * written otherwise.
 */
function contextOf(request: FastifyRequest, command: string): CommandContext {
  const permit = permitOf(request);
  const actor = permit.principal.id;
  const sight = sightOf(permit);
  const key = idempotencyKey(request.headers['idempotency-key']);
  const commandId = commandIdOf(actor, key);
  const expectedRevision = ifMatch(request.headers['if-match']);
  return {
    actor,
    idempotencyKey: key,
    commandId,
    fingerprint: fingerprintOf(command, { path: Object.values(request.params as object), body: request.body }),
    ...(expectedRevision === undefined ? {} : { expectedRevision }),
    ...(sight === undefined ? {} : { sight }),
  };
}

function idempotencyKey(header: string | string[] | undefined): string {
  if (typeof header === 'string' && /^[\x21-\x7e]{1,200}$/.test(header)) return header;
  throw wrongInput(
    'Idempotency-Key',
    '请求头必填,1至200个可见ASCII字符,每个新请求用新的值',
    'is required: 1 to 200 visible ASCII characters, a new value for each new request',
  );
}

/** `If-Match: "<revision>"`, the revision of the stream that the command writes to. */
export function ifMatch(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const [, digits] = /^"(\d{1,15})"$/.exec(header) ?? [];
  if (digits !== undefined) return Number(digits);
  throw wrongInput('If-Match', '应为带双引号的版本号,例如"12"', 'must be a revision in double quotes, such as "12"');
}
