// The program with accounts, before which a token is the name of an account, so that a test can ask as anybody: the grants
// and all that follows from them are the real ones. It dies as the failing ledger does, where it is told to.
import 'reflect-metadata';
import { AUTHENTICATOR, type Authenticator } from '../../apps/api/src/access/authenticators.js';
import { readConfig } from '../../apps/api/src/boot/config.js';
import { createApp } from '../../apps/api/src/boot/create-app.js';
import { openRuntime } from '../../apps/api/src/boot/runtime.js';
import { failingProbe } from './failing-probe.js';

const config = { ...readConfig(process.env), access: 'accounts' as const };
const runtime = await openRuntime(config, (failure) => console.error(failure), failingProbe(process.env));
const app = await createApp(config, runtime);
const authenticator: Authenticator = {
  authenticate: (token) => {
    const [, id] = /^token-of-(.+)$/.exec(token) ?? [];
    return id === undefined ? undefined : { id, via: 'session' };
  },
};
Object.assign(app.get<Authenticator>(AUTHENTICATOR), authenticator);
await app.init();
const url = await app.getHttpAdapter().getInstance().listen({ port: config.port, host: config.host });
process.on('SIGTERM', () => {
  void app
    .close()
    .then(() => runtime.close())
    .then(() => process.exit());
});
console.log(`${url}/docs`);
