// Loaded with every spec file. One whose `beforeAll` fails halfway does not know the process that it has started: nobody
// else would end it, and the run would wait for it for ever.
import { afterAll } from '@jest/globals';
import { endStarted } from './started-processes.js';

afterAll(endStarted);
