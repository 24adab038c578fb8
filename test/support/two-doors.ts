// One ledger behind two doors: that of accounts, as the program opens it, and beside it that of one token, through which a
// test sets its scene without asking anybody. TEST_ACCOUNTS names accounts, which are made with three
// sessions each.
import 'reflect-metadata';
import { createApp } from '../../apps/api/src/boot/create-app.js';
import { readConfig } from '../../apps/api/src/boot/config.js';
import { openRuntime } from '../../apps/api/src/boot/runtime.js';

const config = readConfig({ ...process.env, LEDGER_ACCESS: 'accounts' });
const behind = readConfig({ ...process.env, LEDGER_ACCESS: 'token' });
const runtime = await openRuntime(config, (failure) => console.error(failure));
const apps = [await createApp(config, runtime), await createApp(behind, runtime)];
const urls: string[] = [];
for (const app of apps) {
  await app.init();
  urls.push(await app.getHttpAdapter().getInstance().listen({ port: 0, host: '127.0.0.1' }));
}
const stop = async (): Promise<void> => {
  for (const app of apps) await app.close();
  await runtime.close();
  process.exit();
};
process.on('SIGTERM', () => void stop());

const by = { account: 'admin', address: '127.0.0.1', operation: 'test' };
const sessions: Record<string, { id: string; token: string }[]> = {};
for (const account of (process.env['TEST_ACCOUNTS'] ?? '').split(',')) {
  // An account for whom a provider vouches has no password to be hashed.
  const subject = { issuer: 'https://id.example', subject: account };
  await runtime.identity.addAccount(account, by, subject);
  sessions[account] = [1, 2, 3].map(() => {
    const { session, token } = runtime.identity.logInAs(subject, by);
    return { id: session.id, token };
  });
}
console.log(`doors ${JSON.stringify({ scene: urls[1], sessions })}`);
console.log(`${urls[0]}/docs`);
