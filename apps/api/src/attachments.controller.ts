import type { IncomingMessage } from 'node:http';
import { type AttachmentStore, extensionOf } from '@ledger/attachments';
import { type Evidence, Refusal } from '@ledger/domain';
import { Controller, Get, Head, Inject, Param, Put, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { permitOf } from './access/permit.js';
import { SeenAttachments } from './access/seen-attachments.js';
import { atOnce } from './boot/at-once.js';
import { TAKES_BYTES } from './boot/bodies.js';
import { RUNTIME, type Runtime } from './boot/runtime.js';
import { refuseQuery } from './boot/shapes.js';
import { wrongInput } from './input.js';
import { sha256InPath } from './path-fields.js';

/** A scanner sends one after the other; each upload under way holds a file open. */
const UPLOADS_AT_ONCE = 8;

/** Files by the hash of their bytes. Facts refer to them as evidence; who may see one follows from those facts. */
@Controller('attachments')
export class AttachmentsController {
  readonly #store: AttachmentStore;

  constructor(
    @Inject(RUNTIME) { attachments }: Runtime,
    @Inject(SeenAttachments) private readonly seen: SeenAttachments,
  ) {
    this.#store = attachments;
  }

  @Put(':sha256')
  @RouteConfig({ ...TAKES_BYTES, ...atOnce(UPLOADS_AT_ONCE) })
  async put(
    @Param('sha256') path: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Evidence> {
    const { raw, headers } = request;
    try {
      const sha256 = sha256InPath(path);
      const { limitBytes } = this.#store;
      const bytes = Number(headers['content-length'] ?? 0);
      if (bytes > limitBytes) throw new Refusal('ATTACHMENT_TOO_LARGE', { limitBytes, bytes });
      const { attachment, created } = await this.#store.put(sha256, bytesOf(raw));
      const isNew = await this.seen.noteUpload(permitOf(request), sha256, created);
      void reply.status(isNew ? 201 : 200);
      return attachment;
    } catch (error) {
      // What still comes of a refused upload flows by; left unread, it would block the connection.
      raw.resume();
      throw error;
    }
  }

  // Before GET, or Fastify answers HEAD by reading the whole file.
  @Head(':sha256')
  async head(@Param('sha256') path: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseQuery(request.query as object);
    const sha256 = sha256InPath(path);
    const attachment = this.seen.sees(permitOf(request), sha256) ? await this.#store.find(sha256) : undefined;
    if (attachment === undefined) throw new Refusal('ATTACHMENT_UNKNOWN', { sha256 }, 'sha256');
    void reply.headers(headersOf(attachment)).send();
  }

  @Get(':sha256')
  async get(@Param('sha256') path: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseQuery(request.query as object);
    const sha256 = sha256InPath(path);
    const opened = this.seen.sees(permitOf(request), sha256) ? await this.#store.open(sha256) : undefined;
    if (opened === undefined) throw new Refusal('ATTACHMENT_UNKNOWN', { sha256 }, 'sha256');
    void reply.headers(headersOf(opened.attachment)).send(opened.bytes);
  }
}

/** The body of a request, without closing its connection when nobody wants the rest. */
async function* bytesOf(request: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    yield* request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  } catch {
    throw wrongInput('body', '没有完整到达', 'did not arrive whole');
  }
}

/** A browser stores the file and never shows it as a page of ours. */
function headersOf({ sha256, mediaType, bytes }: Evidence): Record<string, string> {
  return {
    'content-type': mediaType,
    'content-length': String(bytes),
    'content-disposition': `attachment; filename="${sha256}.${extensionOf(mediaType) ?? 'bin'}"`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    etag: `"${sha256}"`,
  };
}
