import 'reflect-metadata';

const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 26) {
  console.error(
    `账本需要Node 26,当前为${process.version}。请用npm start启动。The ledger needs Node 26; start it with npm start.`,
  );
  process.exit(1);
}
// Every file that is made is its owner's alone: the log, the views, what is beside them.
process.umask(0o077);
// Loaded only now, because what it imports does not exist in older versions.
const { start } = await import('./boot/start.js');
await start(process.env);
