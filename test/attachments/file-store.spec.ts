import { mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AttachmentStore, extensionOf, mediaTypes, openAttachments } from '@ledger/attachments';
import { CorruptLog, type Evidence } from '@ledger/domain';
import { attachable, notAttachable, pdf, type SampleFile, sampleFile } from '../support/sample-files.js';
import { sha256sum } from '../support/sha256sum.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const LIMIT = 4096;
let directory: ReturnType<typeof temporaryDirectory>;
let store: AttachmentStore;

beforeEach(() => {
  directory = temporaryDirectory();
  store = openAttachments(directory.path, { limitBytes: LIMIT });
});

afterEach(() => directory.remove());

const files = (): string[] => readdirSync(join(directory.path, 'attachments')).filter((name) => name !== 'arriving');
const arriving = (): string[] => readdirSync(join(directory.path, 'attachments', 'arriving'));

async function* inChunks({ bytes }: Pick<SampleFile, 'bytes'>, size = 1000): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const put = (file: SampleFile, sha256 = file.sha256) => store.put(sha256, inChunks(file));

async function opened(sha256: string): Promise<{ attachment: Evidence; bytes: Buffer } | undefined> {
  const found = await store.open(sha256);
  return found && { attachment: found.attachment, bytes: Buffer.concat(await found.bytes.toArray()) };
}

const bytesIn = async (sha256: string) => (await opened(sha256))?.bytes;

const leavesNothing = () => expect([...files(), ...arriving()]).toStrictEqual([]);

async function* broken(): AsyncGenerator<Buffer> {
  yield pdf().bytes;
  throw new Error('the line broke');
}

function changed(path: string): void {
  const bytes = readFileSync(path);
  bytes[2000] = 0x21;
  writeFileSync(path, bytes);
}

function cut(path: string): void {
  truncateSync(path, 1000);
}

describe('a file that may be attached', () => {
  it.each(Object.entries(attachable))(
    '%s is known by its bytes, and given back byte for byte',
    async (mediaType, file) => {
      const attachment = { sha256: file.sha256, mediaType, bytes: file.bytes.length };
      expect(await put(file)).toStrictEqual({ attachment, created: true });
      expect(await store.find(file.sha256)).toStrictEqual(attachment);
      expect(await opened(file.sha256)).toStrictEqual({ attachment, bytes: file.bytes });
      expect(arriving()).toStrictEqual([]);
    },
  );

  it('of every kind is tried here', () => expect(Object.keys(attachable)).toStrictEqual([...mediaTypes]));

  it('has its hash for a name, as sha256sum says it, and nothing else', async () => {
    const file = pdf('发票');
    await put(file);
    expect(files()).toStrictEqual([`${file.sha256}.pdf`]);
    expect(sha256sum([readFileSync(join(directory.path, 'attachments', files()[0] ?? ''))])).toStrictEqual([
      file.sha256,
    ]);
  });

  it('is still there for the next process', async () => {
    await put(pdf());
    store = openAttachments(directory.path);
    expect(await bytesIn(pdf().sha256)).toStrictEqual(pdf().bytes);
  });

  it('is stored once, however often it comes', async () => {
    const first = await put(pdf());
    expect(await put(pdf())).toStrictEqual({ ...first, created: false });
    expect(files()).toHaveLength(1);
  });

  it('is stored once when sixteen send it at the same time, and one of them is the first', async () => {
    const file = pdf('', LIMIT);
    const all = await Promise.all(Array.from({ length: 16 }, () => put(file)));
    expect(all.filter(({ created }) => created)).toHaveLength(1);
    expect(await bytesIn(file.sha256)).toStrictEqual(file.bytes);
    expect([files().length, arriving()]).toStrictEqual([1, []]);
  });

  it('is written as it comes, so that no file has to fit into memory', async () => {
    const file = pdf('', LIMIT);
    const path = join(directory.path, 'attachments', 'arriving');
    const sizes: number[] = [];
    async function* watched(): AsyncGenerator<Buffer> {
      for await (const chunk of inChunks(file, 1024)) {
        yield chunk;
        sizes.push(statSync(join(path, arriving()[0] ?? '')).size);
      }
    }
    await store.put(file.sha256, watched());
    expect(sizes).toStrictEqual([1024, 2048, 3072, 4096]);
  });

  it('may have just the bytes of the limit', async () => {
    const { attachment } = await put(pdf('', LIMIT));
    expect(attachment.bytes).toBe(LIMIT);
  });
});

describe('a file that is refused leaves nothing behind', () => {
  it.each(Object.entries(notAttachable))('because it is %s', async (mediaType, file) => {
    await expect(put(file)).rejects.toMatchObject({
      code: 'ATTACHMENT_TYPE_UNKNOWN',
      facts: { mediaType, allowed: mediaTypes },
    });
    leavesNothing();
  });

  it('because it is empty', async () => {
    await expect(put(sampleFile())).rejects.toMatchObject({
      code: 'ATTACHMENT_TYPE_UNKNOWN',
      facts: { mediaType: 'application/octet-stream' },
    });
    leavesNothing();
  });

  it('because its bytes are others than its name says', async () => {
    const [sent, named] = [pdf('一'), pdf('二')];
    await expect(put(sent, named.sha256)).rejects.toMatchObject({
      code: 'ATTACHMENT_HASH_MISMATCH',
      field: 'sha256',
      facts: { expected: named.sha256, actual: sent.sha256, bytes: sent.bytes.length },
    });
    expect(await store.find(named.sha256)).toBeUndefined();
    leavesNothing();
  });

  it('because it is a byte too long, and the rest is not even read', async () => {
    let read = 0;
    async function* endless(): AsyncGenerator<Buffer> {
      for (;;) {
        read += 1000;
        yield Buffer.alloc(1000, 0x20);
      }
    }
    await expect(store.put(pdf().sha256, endless())).rejects.toMatchObject({
      code: 'ATTACHMENT_TOO_LARGE',
      facts: { limitBytes: LIMIT },
    });
    expect(read).toBe(5000);
    await expect(put(pdf('', LIMIT + 1))).rejects.toMatchObject({ code: 'ATTACHMENT_TOO_LARGE' });
    leavesNothing();
  });

  it('because it breaks off', async () => {
    await expect(store.put(pdf().sha256, broken())).rejects.toThrow('the line broke');
    leavesNothing();
  });
});

describe('a file that is half there', () => {
  it('is not found while it arrives', async () => {
    const file = pdf('', 3000);
    const more = Promise.withResolvers<void>();
    async function* slow(): AsyncGenerator<Buffer> {
      yield file.bytes.subarray(0, 1500);
      await more.promise;
      yield file.bytes.subarray(1500);
    }
    const stored = store.put(file.sha256, slow());
    while (arriving().length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(await store.find(file.sha256)).toBeUndefined();
    expect(await store.open(file.sha256)).toBeUndefined();
    more.resolve();
    expect((await stored).created).toBe(true);
  });

  it('because its process ended is swept away when the next one starts', async () => {
    await put(pdf());
    mkdirSync(join(directory.path, 'attachments', 'arriving'), { recursive: true });
    writeFileSync(join(directory.path, 'attachments', 'arriving', 'left-over'), '%PDF-1.7');
    store = openAttachments(directory.path);
    expect([files(), arriving()]).toStrictEqual([[`${pdf().sha256}.pdf`], []]);
  });
});

describe('a damaged file', () => {
  it.each(Object.entries({ 'a changed byte': changed, 'a lost end': cut }))(
    'with %s is never given out, and mended by sending it again',
    async (_, spoil) => {
      const file = pdf('', 3000);
      await put(file);
      spoil(join(directory.path, 'attachments', `${file.sha256}.pdf`));
      await expect(store.open(file.sha256)).rejects.toThrow(CorruptLog);
      await expect(store.open(file.sha256)).rejects.toThrow(/is damaged: its SHA-256 is [0-9a-f]{64}/);
      expect((await put(file)).created).toBe(false);
      expect(await bytesIn(file.sha256)).toStrictEqual(file.bytes);
    },
  );
});

it('gives every media type an extension of its own', () => {
  expect(new Set(mediaTypes.map(extensionOf)).size).toBe(mediaTypes.length);
  expect(extensionOf('image/gif')).toBeUndefined();
});
