import { run } from '../../apps/ledger/src/program.js';
import { memoryMb } from './processes.js';

// Writes the pack of monthly reports as the operator does, in a process of its own: `pack-process.js <arguments>`.

export interface Packed {
  readonly code: number;
  readonly seconds: number;
  /** The highest resident size; pages of the views that are mapped, not copied, count in it. */
  readonly peakMb: number;
}

const started = performance.now();
const code = await run(['report', ...process.argv.slice(2)]);
process.send?.({
  code,
  seconds: (performance.now() - started) / 1000,
  peakMb: memoryMb('VmHWM'),
} satisfies Packed);
