import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { CorruptLog } from '@ledger/domain';
import { Troubles } from '../../apps/projector/src/troubles.js';

let said: string[];
let troubles: Troubles;

beforeEach(() => {
  jest.useFakeTimers();
  said = [];
  troubles = new Troubles((text) => said.push(text));
});
afterEach(() => void jest.useRealTimers());

it('are over when they have not come again for a while', () => {
  expect(troubles.present).toBeUndefined();
  troubles.add('views', new Error('no connection'));
  expect(troubles.present).toBe('views: no connection');
  jest.advanceTimersByTime(5_001);
  expect(troubles.present).toBeUndefined();
});

it('are said once in half a minute, however often they come', () => {
  for (let n = 0; n < 100; n++) {
    troubles.add('views', new Error('no connection'));
    jest.advanceTimersByTime(500);
  }
  expect(said).toEqual(['views: no connection', 'views: no connection']);
  troubles.add('order', new Error('no answer'));
  expect(said.at(-1)).toBe('order: no answer');
});

it('are there to stay where what is recorded does not add up', () => {
  troubles.add('views', new CorruptLog('a fact of an unknown type'));
  jest.advanceTimersByTime(60_000);
  expect(troubles.present).toBe('views: a fact of an unknown type');
});
