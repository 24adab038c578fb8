import { refusal } from './entry.js';

export const attachmentRefusals = {
  EVIDENCE_UNKNOWN: refusal<{ sha256: string }>(
    422,
    (f) => `附件${f.sha256}尚未上传。请先用PUT /attachments/${f.sha256}上传文件,再提交。`,
    (f) =>
      `The attachment ${f.sha256} has not been uploaded. Upload the file with PUT /attachments/${f.sha256} first, then send this again.`,
  ),
  ATTACHMENT_UNKNOWN: refusal<{ sha256: string }>(
    404,
    (f) => `没有附件${f.sha256}。请核对哈希值。`,
    (f) => `There is no attachment ${f.sha256}. Check the hash.`,
  ),
  ATTACHMENT_HASH_MISMATCH: refusal<{ expected: string; actual: string; bytes: number }>(
    422,
    (f) =>
      `收到${f.bytes}字节,SHA-256为${f.actual},与路径中的${f.expected}不符,未保存。请核对文件后重新上传;如文件无误,请改用实际的哈希值。`,
    (f) =>
      `${f.bytes} bytes arrived whose SHA-256 is ${f.actual}, not ${f.expected} as the path says; nothing was kept. Check the file and upload it again, or use its actual hash.`,
  ),
  ATTACHMENT_TOO_LARGE: refusal<{ limitBytes: number; bytes?: number }>(
    413,
    (f) =>
      `附件${f.bytes === undefined ? '' : `共${f.bytes}字节,`}超过${f.limitBytes}字节上限,未保存。请压缩或拆分后上传。`,
    (f) =>
      `The attachment ${f.bytes === undefined ? 'has more' : `has ${f.bytes} bytes, more`} than the ${f.limitBytes} bytes that one may have; nothing was kept. Make it smaller or split it.`,
  ),
  ATTACHMENT_TYPE_UNKNOWN: refusal<{ mediaType: string; allowed: readonly string[] }>(
    415,
    (f) => `按文件内容判断,类型为${f.mediaType},不能作为附件。可以上传:${f.allowed.join('、')}。`,
    (f) =>
      `By its bytes the file is of type ${f.mediaType}, which is not taken as an attachment. Upload one of: ${f.allowed.join(', ')}.`,
  ),
} as const;
