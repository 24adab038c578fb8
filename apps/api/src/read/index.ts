import { BookReads } from './books.controller.js';
import { DivisionReads } from './divisions.controller.js';
import { EventReads } from './events.controller.js';

export const readControllers = [DivisionReads, BookReads, EventReads];
