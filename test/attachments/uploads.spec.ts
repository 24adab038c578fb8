import { describe, expect, it } from '@jest/globals';
import { openAttachments } from '@ledger/attachments';
import { pdf } from '../support/sample-files.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

describe('who has uploaded what', () => {
  it('is remembered for each account, once, also after a restart', async () => {
    const directory = temporaryDirectory();
    const { sha256 } = pdf('an invoice');
    const { uploads } = openAttachments(directory.path);
    expect(uploads.has('clerk-1', sha256)).toBe(false);
    expect(await Promise.all([uploads.note('clerk-1', sha256), uploads.note('clerk-1', sha256)])).toEqual(
      expect.arrayContaining([true, false]),
    );
    expect(uploads.has('clerk-2', sha256)).toBe(false);
    expect(await uploads.note('clerk-2', sha256)).toBe(true);
    const again = openAttachments(directory.path).uploads;
    expect([again.has('clerk-1', sha256), await again.note('clerk-1', sha256)]).toEqual([true, false]);
    directory.remove();
  });
});
