// The program as main.ts starts it, but it kills itself where it is told to.
import 'reflect-metadata';
import { start } from '../../apps/api/src/boot/start.js';
import { failingProbe } from './failing-probe.js';

await start(process.env, failingProbe(process.env));
