const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 26) {
  console.error(
    `账本需要Node 26,当前为${process.version}。请用npm run ledger运行。The ledger needs Node 26; use npm run ledger.`,
  );
  process.exit(1);
}
// What it writes is its owner's alone, as what the server writes.
process.umask(0o077);
// Loaded only now, because what it imports does not exist in older versions.
const { run } = await import('./program.js');
process.exitCode = await run(process.argv.slice(2));
