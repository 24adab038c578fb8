// The program on a machine whose clock is TEST_AHEAD_MS ahead: an answer must not depend on when it is asked for.
import { clockAhead } from './clock-ahead.js';

clockAhead(Number(process.env['TEST_AHEAD_MS']));

// Loaded only now, so that nothing has looked at the clock before.
await import('../../apps/api/src/main.js');
