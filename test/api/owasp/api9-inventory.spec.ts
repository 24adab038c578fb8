import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openapiDocument } from '../../../apps/api/src/openapi/document.js';
import { controllers } from '../../../apps/api/src/controllers.js';
import { type RunningLedger, startLedger, TOKEN } from '../../support/running-ledger.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

const directory = temporaryDirectory();
let ledger: RunningLedger;

beforeAll(async () => {
  ledger = await startLedger(directory.path);
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

const asked = async (method: string, path: string): Promise<string> => {
  const response = await fetch(ledger.url + path, { method, headers: { authorization: `Bearer ${TOKEN}` } });
  const text = await response.text();
  return /"code":"(\w+)"/.exec(text)?.[1] ?? String(response.status);
};

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const paths = openapiDocument(controllers).paths;

// The control is one list of controllers, from which both the routes and their document are made.
describe('the document is the whole inventory', () => {
  it('no path of it answers to a method that it does not name', async () => {
    const hidden: string[] = [];
    for (const [path, item] of Object.entries(paths)) {
      const named = Object.keys(item).map((method) => method.toUpperCase());
      // HEAD is answered wherever GET is, without the body.
      const expected = named.includes('GET') ? [...named, 'HEAD'] : named;
      for (const method of METHODS.filter((one) => !expected.includes(one))) {
        const answer = await asked(method, path.replaceAll(/\{\w+\}/g, '1'));
        if (answer !== 'ROUTE_UNKNOWN' && answer !== '404') hidden.push(`${method} ${path}: ${answer}`);
      }
    }
    expect(hidden).toEqual([]);
  });

  it('is served as it is made, and names one version', async () => {
    const served = (await (await fetch(`${ledger.url}/openapi.json`)).json()) as {
      paths: object;
      info: { version: string };
    };
    expect(Object.keys(served.paths).toSorted()).toEqual(Object.keys(paths).toSorted());
    expect(served.info.version).toBe('1');
    expect(Object.keys(paths).filter((path) => !/^\/(api\/v1|health|problems)\//.test(path))).toEqual([]);
  });
});

describe('nothing else is there', () => {
  it.each(['v0', 'v2', 'V1', 'v1beta', 'internal', 'v1%2f'])('no version %s', async (version) => {
    expect(await asked('GET', `/api/${version}/divisions`)).toBe('ROUTE_UNKNOWN');
  });

  it.each([
    '/metrics',
    '/admin',
    '/debug/pprof',
    '/actuator/env',
    '/graphql',
    '/swagger.json',
    '/api-docs',
    '/.env',
    '/.git/config',
    '/package.json',
    '/log.db',
    '/data/token',
    '/token',
    '/server-status',
    '/docs-json',
    '/docs/../token',
    '/docs/index.css.map',
  ])('no %s', async (path) => {
    for (const method of ['GET', 'POST']) expect(await asked(method, path)).toMatch(/^(ROUTE_UNKNOWN|404)$/);
  });
});
