const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 26) {
  console.error(
    `账本需要Node 26,当前为${process.version}。请用npm run projector启动。The ledger needs Node 26; start it with npm run projector.`,
  );
  process.exit(1);
}
// Loaded only now, because what it imports does not exist in older versions.
const { start } = await import('./start.js');
await start(process.env);
