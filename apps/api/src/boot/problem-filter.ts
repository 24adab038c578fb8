import type { Socket } from 'node:net';
import { CorruptLog, Refusal } from '@ledger/domain';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { askerOf } from '../access/asked-of.js';
import { wayToGrants } from '../access/out-of-sight.js';
import type { Principal } from '../access/permit.js';
import { wrongInput } from '../input.js';
import { BODY_LIMIT_BYTES } from './bodies.js';
import { note } from './logging.js';
import { storeUnavailable } from './unavailable-stores.js';

const PROBLEM_JSON = 'application/problem+json; charset=utf-8';
/**
 * A browser that is told so asks for the token, and the links of a report can be followed by a click. A line for each:
 * Chromium reads one challenge a line, and asks nobody where Basic is not the first of its own.
 */
const CHALLENGES = ['Bearer', 'Basic realm="Gongfu Ledger", charset="UTF-8"'];

/** Answers every failure as problem+json (RFC 9457): a stable code, a Chinese and an English sentence. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    answerProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}

export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const refusal = refusalFor(error, request);
  void reply.header('content-type', PROBLEM_JSON);
  if (refusal === undefined) {
    request.log.error({ err: error, corrupt: error instanceof CorruptLog }, 'request failed');
    const messageZh = `系统内部错误,本次未得到确认。请用同一个Idempotency-Key重试;如仍失败,请把编号${request.id}告诉维护人员。`;
    void reply.status(500).send({
      type: 'about:blank',
      title: 'INTERNAL_ERROR',
      status: 500,
      code: 'INTERNAL_ERROR',
      detail: messageZh,
      messageZh,
      messageEn: `Something failed inside; this request was not confirmed. Try again with the same Idempotency-Key, and tell the operator the id ${request.id} if it fails again.`,
    });
    return;
  }
  note(request, { code: refusal.code });
  if (refusal.status === 401) void reply.header('www-authenticate', challengesOf(refusal));
  const retryAfter = retryAfterOf(refusal);
  if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
  void reply.status(refusal.status).send(problemOf(refusal, askerOf(request)));
}

/** Answers what is not HTTP, before there is a request. */
export function answerMalformed(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const [zh, en] = MALFORMED[error.code ?? ''] ?? ['不是完整有效的HTTP请求', 'is not a valid, complete HTTP request'];
  const refusal = wrongInput('request', zh, en);
  const body = JSON.stringify(problemOf(refusal));
  const head = `HTTP/1.1 ${refusal.status} Bad Request\r\ncontent-type: ${PROBLEM_JSON}\r\ncontent-length: ${Buffer.byteLength(body)}`;
  if (socket.writable) socket.write(`${head}\r\nconnection: close\r\n\r\n${body}`);
  socket.destroy(error);
}

const MALFORMED: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  HPE_HEADER_OVERFLOW: ['的行首和请求头过长', 'has a first line and headers that are too long'],
  ERR_HTTP_REQUEST_TIMEOUT: ['没有在限定时间内收完', 'did not arrive in the time that it may take'],
};

/** A page that logs people in says itself what was wrong; its browser is not to ask for a password beside it. */
function challengesOf({ code }: Refusal): string | string[] {
  return code === 'TOKEN_REQUIRED' ? CHALLENGES : 'Bearer';
}

function retryAfterOf({ status, facts }: Refusal): number | undefined {
  if (status === 503) return 1;
  return status === 429 ? (facts as { waitSeconds?: number }).waitSeconds : undefined;
}

function problemOf(refusal: Refusal, asker?: Principal): object {
  const { code, status, field, facts } = refusal;
  const way = wayToGrants(code, asker);
  const messageZh = refusal.messageZh + way.zh;
  return {
    type: `/problems/${code}`,
    title: code,
    status,
    code,
    detail: messageZh,
    messageZh,
    messageEn: refusal.messageEn + way.en,
    ...(field === undefined ? {} : { field }),
    facts,
  };
}

/** The shell's own errors in the words of the catalogue; undefined for what nobody foresaw. */
function refusalFor(error: unknown, request: FastifyRequest): Refusal | undefined {
  if (error instanceof Refusal) return error;
  const unavailable = storeUnavailable(error);
  if (unavailable !== undefined) return unavailable;
  const code = (error as Partial<FastifyError> | undefined)?.code;
  const status = error instanceof HttpException ? error.getStatus() : (error as Partial<FastifyError>)?.statusCode;
  if (status === 404 || code === 'FST_ERR_MAX_PARAM_LENGTH')
    return new Refusal('ROUTE_UNKNOWN', { method: request.method, path: pathOf(request) });
  if (code === 'FST_ERR_BAD_URL') return wrongInput('path', '含有无效的百分号编码', 'has an invalid percent encoding');
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || status === 413) {
    return new Refusal('BODY_TOO_LARGE', { limitBytes: BODY_LIMIT_BYTES });
  }
  if (status === 415) {
    return new Refusal('MEDIA_TYPE_UNKNOWN', { mediaType: (request.headers['content-type'] ?? '').slice(0, 100) });
  }
  if (status !== undefined && status >= 400 && status < 500) {
    return request.method === 'POST'
      ? wrongInput('body', '不是有效的JSON对象', 'is not valid JSON')
      : wrongInput('request', '不是本接口能处理的请求', 'is nothing that can be answered here');
  }
  return undefined;
}

function pathOf(request: FastifyRequest): string {
  return (request.url.split('?')[0] ?? '').slice(0, 200);
}
