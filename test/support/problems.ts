import { expect } from '@jest/globals';
import { type RefusalCode, refusals } from '@ledger/domain';

/** What an answer needs to have to be judged, whoever made the request. */
export interface Answered {
  readonly status: number;
  readonly contentType: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Asserts that an answer is a problem of the catalogue, with that code's status and both its sentences. */
export function expectProblem({ status, contentType, body }: Answered): RefusalCode {
  expect(contentType).toBe('application/problem+json; charset=utf-8');
  const code = body['code'] as RefusalCode;
  expect(Object.keys(refusals)).toContain(code);
  expect(body).toMatchObject({
    type: `/problems/${code}`,
    status,
    messageZh: expect.any(String),
    messageEn: expect.any(String),
    facts: expect.any(Object),
  });
  expect(refusals[code].status).toBe(status);
  return code;
}
