import { describe, expect, it } from '@jest/globals';
import { answerIn, register } from './refusals/faults.js';

const SECRET = 'SQLITE_CORRUPT in /srv/ledger/log.db near page 7';

const breaks = async (): Promise<never> => {
  throw new Error(SECRET);
};

describe('an error that nobody foresaw', () => {
  it('is answered with 500 and both sentences, and shows nothing of the inside', async () => {
    const { response, head } = await answerIn({ trouble: { append: breaks }, request: register });
    const text = await response.text();
    const body = JSON.parse(text) as Record<string, string>;

    expect(response.status).toBe(500);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const [, id = ''] = /编号(\S+?)告诉/.exec(body['messageZh'] ?? '') ?? [];
    expect(id).not.toBe('');
    expect(body).toEqual({
      type: 'about:blank',
      title: 'INTERNAL_ERROR',
      status: 500,
      code: 'INTERNAL_ERROR',
      detail: body['messageZh'],
      messageZh: `系统内部错误,本次未得到确认。请用同一个Idempotency-Key重试;如仍失败,请把编号${id}告诉维护人员。`,
      messageEn: `Something failed inside; this request was not confirmed. Try again with the same Idempotency-Key, and tell the operator the id ${id} if it fails again.`,
    });
    for (const inside of [SECRET, 'SQLITE', '/srv', 'stack', '.ts', '.js', 'at ', 'Error:']) {
      expect(text).not.toContain(inside);
    }
    expect(head).toBe(1);
  });
});

describe('a projector that has stopped', () => {
  it('makes the process unready, says so, and keeps the cause for the log of the process', async () => {
    const { response } = await answerIn({
      trouble: { viewsStandStill: true, failure: `CorruptLog: ${SECRET}` },
      request: async (url) => fetch(`${url}/health/ready`),
    });
    const text = await response.text();

    expect(response.status).toBe(503);
    expect(JSON.parse(text)).toEqual({
      status: 'unavailable',
      head: 1,
      checkpoint: 0,
      generation: 1,
      bookingsLag: 1,
      lag: 1,
      reason: 'projector stopped; see the log of this process',
    });
    expect(text).not.toContain('SQLITE');
  });

  it('leaves the process alive, so that facts can still be recorded', async () => {
    const trouble = { viewsStandStill: true, failure: SECRET } as const;
    const live = await answerIn({ trouble, request: async (url) => fetch(`${url}/health/live`) });
    expect(live.response.status).toBe(200);
    const recorded = await answerIn({ trouble, request: register });
    expect({ status: recorded.response.status, head: recorded.head }).toEqual({ status: 201, head: 2 });
  });
});

describe('a booking of which nobody can be told', () => {
  it('is named at the door, and what has nothing to do with it is served', async () => {
    const untold = [{ position: 7, code: 'ASSET_UNKNOWN' }] as const;
    const { response } = await answerIn({ trouble: { untold }, request: async (url) => fetch(`${url}/health/ready`) });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      status: 'degraded',
      reason: 'the booking that fact 7 asks for cannot be told: ASSET_UNKNOWN',
    });
  });
});
