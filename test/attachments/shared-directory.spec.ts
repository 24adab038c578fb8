import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AttachmentStore, openAttachments } from '@ledger/attachments';
import { pdf } from '../support/sample-files.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

let directory: ReturnType<typeof temporaryDirectory>;
let one: AttachmentStore;
const opened = (): AttachmentStore => openAttachments(directory.path, { isShared: true });
const arriving = (): string => join(directory.path, 'attachments', 'arriving');

beforeEach(() => {
  directory = temporaryDirectory();
  one = opened();
});
afterEach(() => directory.remove());

/** Sends the first half, then waits until the other half is asked for. */
function inHalves(bytes: Buffer): { sent: AsyncGenerator<Buffer>; begun: Promise<void>; goOn: () => void } {
  let [begun, goOn] = [(): void => undefined, (): void => undefined];
  const hasBegun = new Promise<void>((resolve) => (begun = resolve));
  const mayGoOn = new Promise<void>((resolve) => (goOn = resolve));
  async function* sent(): AsyncGenerator<Buffer> {
    yield bytes.subarray(0, 500);
    begun();
    await mayGoOn;
    yield bytes.subarray(500);
  }
  return { sent: sent(), begun: hasBegun, goOn: () => goOn() };
}

describe('a directory that several processes share', () => {
  it('keeps what is arriving in one when another one starts', async () => {
    const { bytes, sha256 } = pdf('', 3000);
    const { sent, begun, goOn } = inHalves(bytes);
    const put = one.put(sha256, sent);
    await begun;
    const other = opened();
    goOn();
    expect((await put).created).toBe(true);
    expect(await other.find(sha256)).toMatchObject({ bytes: bytes.length });
    expect(readdirSync(arriving())).toEqual([]);
  });

  it('loses at a start what nobody can still be sending', () => {
    for (const [name, hours] of [
      ['of yesterday', 25],
      ['of today', 1],
    ] as const) {
      const path = join(arriving(), name);
      writeFileSync(path, '%PDF-1.7');
      const at = Date.now() / 1000 - hours * 3600;
      utimesSync(path, at, at);
    }
    opened();
    expect(readdirSync(arriving())).toEqual(['of today']);
  });

  it('has one file of what is sent to two at once, and either gives it out', async () => {
    const { bytes, sha256 } = pdf('', 3000);
    const other = opened();
    const [first, second] = [inHalves(bytes), inHalves(bytes)];
    const puts = [one.put(sha256, first.sent), other.put(sha256, second.sent)];
    await Promise.all([first.begun, second.begun]);
    first.goOn();
    second.goOn();
    for (const { attachment } of await Promise.all(puts)) expect(attachment).toMatchObject({ sha256, bytes: 3000 });
    for (const store of [one, other]) {
      const given = await store.open(sha256);
      expect(Buffer.concat((await given?.bytes.toArray()) as Buffer[]).equals(bytes)).toBe(true);
    }
    expect(existsSync(join(directory.path, 'attachments', `${sha256}.pdf`))).toBe(true);
  });

  it('remembers an upload of an account once', async () => {
    const { sha256 } = pdf();
    const other = opened();
    const noted = await Promise.all([one, other].map(({ uploads }) => uploads.note('clerk-1', sha256)));
    expect(noted.filter(Boolean)).toHaveLength(1);
    expect([one, other].map(({ uploads }) => uploads.has('clerk-1', sha256))).toEqual([true, true]);
  });
});
