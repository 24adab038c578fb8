import { mediaTypes } from '@ledger/attachments';
import { incomeBody } from '../../support/village-books.js';
import { notAttachable, pdf } from '../../support/sample-files.js';
import { get, post, type Refused, type Scene } from './scene.js';

const put = (path: string, body: Buffer, more: Partial<Refused> = {}): Refused => ({
  method: 'PUT',
  path,
  body,
  ...more,
});
const LIMIT = 20_971_520;
const missing = pdf('从未上传').sha256;
const [sent, named] = [pdf('一'), pdf('二')];

export const attachmentsScenes: Readonly<Record<string, Scene>> = {
  EVIDENCE_UNKNOWN: {
    status: 422,
    facts: { sha256: missing },
    shows: [missing, `PUT /attachments/${missing}`],
    field: 'evidence.0',
    request: async (books) =>
      post(`/books/${(await books.book()).id}/income`, incomeBody('2024-01-20', 100, { evidence: [missing] })),
  },
  ATTACHMENT_UNKNOWN: {
    status: 404,
    facts: { sha256: missing },
    shows: [missing],
    field: 'sha256',
    request: async () => get(`/attachments/${missing}`),
  },
  ATTACHMENT_HASH_MISMATCH: {
    status: 422,
    facts: { expected: named.sha256, actual: sent.sha256, bytes: sent.bytes.length },
    shows: [named.sha256, sent.sha256, String(sent.bytes.length)],
    field: 'sha256',
    request: async () => put(`/attachments/${named.sha256}`, sent.bytes),
  },
  ATTACHMENT_TOO_LARGE: {
    status: 413,
    facts: { limitBytes: LIMIT, bytes: LIMIT + 1 },
    shows: [String(LIMIT), String(LIMIT + 1)],
    request: async () => {
      const { bytes, sha256 } = pdf('', LIMIT + 1);
      return put(`/attachments/${sha256}`, bytes);
    },
  },
  ATTACHMENT_TYPE_UNKNOWN: {
    status: 415,
    facts: { mediaType: 'image/gif', allowed: mediaTypes },
    shows: ['image/gif', 'application/pdf', 'application/ofd', 'image/heic'],
    request: async () => {
      const gif = notAttachable['image/gif'] ?? pdf();
      return put(`/attachments/${gif.sha256}`, gif.bytes, { headers: { 'content-type': 'application/pdf' } });
    },
  },
};
