import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { refusals } from '@ledger/domain';
import { Module, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import Ajv2020 from 'ajv/dist/2020.js';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { openapiDocument, serveDocuments } from '../../apps/api/src/openapi/document.js';
import { ACT, type ActDocument } from '../../apps/api/src/acts.js';
import { ProblemFilter } from '../../apps/api/src/boot/problem-filter.js';
import { controllers, OUTSIDE_PREFIX, PREFIX } from '../../apps/api/src/controllers.js';
import { ProblemsController } from '../../apps/api/src/problems.controller.js';
import { writeControllers } from '../../apps/api/src/write/index.js';
import { WRITE, type WriteRoute } from '../../apps/api/src/write/documented.js';

type Json = Record<string, unknown>;

const document = openapiDocument(controllers);
/** As a client reads it. */
const read = JSON.parse(JSON.stringify(document)) as typeof document;
const operations = Object.entries(read.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ name: `${method} ${path}`, operation: operation as Json })),
);
const writes = writeControllers.flatMap((controller) => routesIn(controller).map(({ write }) => write as WriteRoute));
const acts = controllers.flatMap((controller) => routesIn(controller).flatMap(({ act }) => act ?? []));
/** Every class that a body is made into, with an example of it. */
const bodies = [
  ...writes.map(({ command, example }) => [command.name, { body: command, example }] as const),
  ...acts.flatMap(({ takes }) => (takes === undefined ? [] : [[takes.body.name, takes] as const])),
];

const ajv = new Ajv2020.default({ strict: false, validateFormats: false });
ajv.addSchema(read, 'document');

describe('the document', () => {
  it('is OpenAPI 3.1', () => expect(read.openapi).toMatch(/^3\.1\.\d+$/));

  it('has every route of every controller', () => {
    const routes = controllers.flatMap(routesIn).map(({ method }) => method);
    const written = operations.map(({ name }) => name.slice(0, name.indexOf(' ')));
    expect(written.toSorted(byText)).toStrictEqual(routes.toSorted(byText));
    expect(operations.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'post /api/v1/divisions',
        'post /api/v1/books/{id}/income',
        'post /api/v1/books/{id}/vouchers/{period}/{voucherNo}/reversal',
        'get /api/v1/books/{id}/trial-balance',
        'get /health/ready',
        'get /problems/{code}',
      ]),
    );
  });

  it('names every operation once', () => {
    const ids = operations.map(({ operation }) => operation['operationId']);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has no empty schema', () => expect(schemasIn(read).filter(({ schema }) => isEmpty(schema))).toStrictEqual([]));

  it('refers only to what is there', () => {
    const refs = nodesIn(read).flatMap(({ node }) => (typeof node['$ref'] === 'string' ? [node['$ref']] : []));
    expect(refs.length).toBeGreaterThan(100);
    expect(refs.filter((ref) => resolved(ref) === undefined)).toStrictEqual([]);
  });

  it('has every code of the catalogue at some route, with both sentences', () => {
    const codes = new Set(
      operations.flatMap(({ operation }) =>
        Object.values(operation['responses'] as Record<string, Json>).flatMap((response) => {
          const content = (response['content'] ?? {}) as Record<string, { examples?: Json }>;
          return Object.keys(content['application/problem+json']?.examples ?? {});
        }),
      ),
    );
    expect([...codes].toSorted()).toStrictEqual(Object.keys(refusals).toSorted());
    for (const code of codes) {
      const { value } = resolved(`#/components/examples/${code}`) as { value: Json };
      expect(value).toMatchObject({ code, status: refusals[code as keyof typeof refusals].status });
      expect(check('#/components/schemas/Problem')(value)).toStrictEqual([]);
    }
  });

  it('answers each status with the codes of that status only', () => {
    for (const { operation } of operations) {
      for (const [status, response] of Object.entries(operation['responses'] as Record<string, Json>)) {
        const content = (response['content'] ?? {}) as Record<string, { examples?: Json }>;
        for (const code of Object.keys(content['application/problem+json']?.examples ?? {})) {
          expect(String(refusals[code as keyof typeof refusals].status)).toBe(status);
        }
      }
    }
  });

  it('describes every parameter and every field of a command', () => {
    const parameters: Json[] = operations.flatMap(({ name, operation }) =>
      ((operation['parameters'] ?? []) as Json[]).map((p) => ({ name, ...p, ...resolved(p['$ref']) })),
    );
    expect(parameters.filter(({ description }) => typeof description !== 'string')).toStrictEqual([]);
    for (const [body] of bodies) {
      const { properties } = resolved(`#/components/schemas/${body}`) as { properties: Record<string, Json> };
      const silent = Object.entries(properties).filter(([, { description }]) => typeof description !== 'string');
      expect(silent).toStrictEqual([]);
    }
  });

  it('wants the token everywhere but where everybody may look, and to log in', () => {
    expect(read['security']).toStrictEqual([{ token: [] }]);
    const open = operations.filter(({ operation }) => 'security' in operation).map(({ name }) => name);
    expect(open).toStrictEqual([
      'get /health/live',
      'get /health/ready',
      'get /problems/{code}',
      'post /api/v1/session',
      'post /api/v1/session/oidc',
      'post /api/v1/session/oidc/complete',
    ]);
  });

  it('says everywhere else what wrong input and a missing token are answered with', () => {
    for (const { name, operation } of operations.filter((o) => !('security' in o.operation))) {
      expect([name, Object.keys(operation['responses'] as Json)]).toStrictEqual([
        name,
        expect.arrayContaining(['400', '401', '500']),
      ]);
    }
  });

  it('wants an Idempotency-Key on every write', () => {
    const beside = new Set<unknown>(acts.map((act) => act.name));
    const posts = operations.filter((o) => o.name.startsWith('post ') && !beside.has(o.operation['operationId']));
    expect(posts.length).toBeGreaterThanOrEqual(writes.length);
    for (const { name, operation } of posts) {
      expect([name, operation['parameters']]).toStrictEqual([
        name,
        expect.arrayContaining([{ $ref: '#/components/parameters/IdempotencyKey' }]),
      ]);
    }
    expect(resolved('#/components/parameters/IdempotencyKey')).toMatchObject({ required: true });
  });

  it('states both times and the views where a read has them', () => {
    const balances = read.paths['/api/v1/books/{id}/balances']?.['get'] as { responses: Record<string, Json> };
    const [answer] = schemasIn(balances.responses['200']).map(({ schema }) => schema);
    expect(answer?.['required']).toEqual(expect.arrayContaining(['asOf', 'knownAt', 'views']));
  });
});

describe.each(bodies)('%s', (name, { body, example }) => {
  const problemsOf = check(`#/components/schemas/${name}`);

  it('has an example that its class takes', async () => {
    const instance = plainToInstance(body, example);
    expect(await validate(instance, { whitelist: true, forbidNonWhitelisted: true })).toStrictEqual([]);
  });

  it('has an example that its schema takes', () => expect(problemsOf(example)).toStrictEqual([]));

  it('forbids unknown fields, in the schema and in the class', async () => {
    const odd = { ...example, memo: 'x' };
    expect(problemsOf(odd)).toStrictEqual(['additionalProperties']);
    const errors = await validate(plainToInstance(body, odd), { whitelist: true, forbidNonWhitelisted: true });
    expect(errors.map(({ property }) => property)).toStrictEqual(['memo']);
  });

  it('wants the same fields in the schema and in the class', async () => {
    for (const field of Object.keys(example)) {
      const without = Object.fromEntries(Object.entries(example).filter(([key]) => key !== field));
      const refused = (await validate(plainToInstance(body, without))).length > 0;
      expect([field, problemsOf(without).includes('required')]).toStrictEqual([field, refused]);
    }
  });
});

describe('amounts', () => {
  it('are whole fen from 1 to 10^13, in openings from 0', () => {
    expect(resolved('#/components/schemas/Fen')).toMatchObject({ type: 'integer', minimum: 1, maximum: 1e13 });
    const amount = (name: string) =>
      (resolved(`#/components/schemas/${name}`) as { properties: Record<string, Json> }).properties['amountFen'];
    expect(amount('VoucherLine')).toMatchObject({ $ref: '#/components/schemas/Fen' });
    expect(amount('OpeningLine')).toMatchObject({ $ref: '#/components/schemas/FenOrZero' });
  });
});

describe('the pages', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    @Module({ controllers: [ProblemsController], providers: [{ provide: APP_FILTER, useClass: ProblemFilter }] })
    class Documents {}
    app = await NestFactory.create<NestFastifyApplication>(Documents, new FastifyAdapter(), { logger: false });
    app.setGlobalPrefix(PREFIX, { exclude: OUTSIDE_PREFIX });
    serveDocuments(app, document);
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });
  afterAll(() => app.close());

  it('serve the document', async () => {
    const answer = await app.inject('/openapi.json');
    expect([answer.statusCode, answer.json()]).toStrictEqual([200, read]);
  });

  it('show it without anything from outside', async () => {
    const page = await app.inject('/docs');
    expect(page.statusCode).toBe(200);
    const sources = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source = '']) => source);
    const own = sources.filter((source) => !source.startsWith('#'));
    expect(own.length).toBeGreaterThan(3);
    for (const source of own) {
      expect(source).toMatch(/^\.\/docs\//);
      expect((await app.inject(source.slice(1))).statusCode).toBe(200);
    }
    const settings = (await app.inject('/docs/swagger-ui-init.js')).body;
    expect(settings).toMatch(/"validatorUrl": null/);
  });

  it('explain each code, and refuse what is none', async () => {
    const entry = await app.inject('/problems/PERIOD_CLOSED');
    expect(entry.json()).toMatchObject({ code: 'PERIOD_CLOSED', status: 422 });
    const answer = read.paths['/problems/{code}']?.['get'] as { responses: Record<string, Json> };
    expect(schemasIn(answer.responses['200'])[0]?.schema['required']).toStrictEqual(Object.keys(entry.json()));
    const unknown = await app.inject('/problems/toString');
    expect([unknown.statusCode, unknown.json<Json>()['code']]).toStrictEqual([404, 'ROUTE_UNKNOWN']);
  });
});

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}

function routesIn(
  controller: abstract new (...dependencies: never[]) => object,
): { method: string; write: unknown; act: ActDocument | undefined }[] {
  const prototype = controller.prototype as Record<string, unknown>;
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler = prototype[name];
    if (typeof handler !== 'function' || !Reflect.hasMetadata(METHOD_METADATA, handler)) return [];
    const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number]?.toLowerCase() ?? '';
    const act = Reflect.getMetadata(ACT, handler) as ActDocument | undefined;
    return [{ method, write: Reflect.getMetadata(WRITE, handler) as unknown, act }];
  });
}

function check(ref: string): (value: unknown) => string[] {
  const compiled = ajv.compile({ $ref: `document${ref}` });
  return (value) => (compiled(value) ? [] : (compiled.errors ?? []).map(({ keyword }) => keyword));
}

function resolved(ref: unknown): Json | undefined {
  if (typeof ref !== 'string') return undefined;
  const path = ref.replace('#/', '').split('/');
  return path.reduce<unknown>((node, key) => (node as Json | undefined)?.[key], read) as Json | undefined;
}

interface Node {
  readonly path: string;
  readonly node: Json;
}

function nodesIn(value: unknown, path = '#'): Node[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.entries(value).flatMap(([key, child]) => nodesIn(child, `${path}/${key}`));
  return [{ path, node: value as Json }, ...below];
}

/** Every schema, wherever one may stand; examples are values, not schemas. */
function schemasIn(value: unknown): { path: string; schema: Json }[] {
  const standing =
    /(\/schema|\/components\/schemas\/[^/]+|\/properties\/[^/]+|\/items|\/additionalProperties|\/(allOf|oneOf|anyOf)\/\d+)$/;
  return nodesIn(value).flatMap(({ path, node }) =>
    standing.test(path) && !/\/(value|example)\//.test(path) ? [{ path, schema: node }] : [],
  );
}

function isEmpty(schema: Json): boolean {
  if (['$ref', 'enum', 'const', 'allOf', 'oneOf', 'anyOf'].some((key) => key in schema)) return false;
  if (schema['type'] === undefined) return true;
  if (schema['type'] === 'array') return schema['items'] === undefined;
  if (schema['type'] !== 'object') return false;
  const more = schema['additionalProperties'];
  return Object.keys(schema['properties'] ?? {}).length === 0 && (typeof more !== 'object' || more === null);
}
