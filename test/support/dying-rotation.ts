// Rotates the master key of a vault, and kills itself before a step of it: DIES_BEFORE.
import { rotateMasterKey } from '@ledger/vault';

const { LEDGER_DATA = '', DIES_BEFORE } = process.env;

rotateMasterKey(LEDGER_DATA, {
  probe: (step) => {
    if (step === DIES_BEFORE) process.kill(process.pid, 'SIGKILL');
  },
});
