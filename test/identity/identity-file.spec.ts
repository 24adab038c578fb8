import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { givenIdentity } from '../support/given-identity.js';

it('the file and those beside it are for their owner alone', () => {
  const given = givenIdentity();
  const rights = ['identity.db', 'identity.db-wal'].map((name) => statSync(join(given.directory, name)).mode & 0o777);
  expect(rights).toEqual([0o600, 0o600]);
  given.remove();
});
