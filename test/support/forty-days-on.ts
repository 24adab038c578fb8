// The program on a machine whose clock is forty days on: an answer must not depend on when it is asked for.
const FORTY_DAYS_MS = 40 * 24 * 60 * 60 * 1000;
const now = Date.now.bind(Date);
Date.now = () => now() + FORTY_DAYS_MS;

// Loaded only now, so that nothing has looked at the clock before.
await import('../../apps/api/src/main.js');
