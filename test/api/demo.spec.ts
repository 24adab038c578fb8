import { it } from '@jest/globals';
import { openSqliteLog } from '@ledger/eventlog';
import { recordDemo } from '../../apps/api/src/demo/record-demo.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

it('runs', async () => {
  for (const _ of [1, 2]) {
    const d = temporaryDirectory();
    const t = Date.now();
    let n = 0,
      first = 0;
    await recordDemo({ directory: d.path, name: 'keqiao.demo' }, (p) => {
      n = p.of;
      first ||= Date.now() - t;
    });
    console.log(Date.now() - t, first, n);
    const log = openSqliteLog(d.path);
    console.log(await log.head());
    await log.close();
  }
});
