import type { RefusalCode } from '@ledger/domain';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { refuseUnruled } from '../access/rules/index.js';
import { OUTSIDE_PREFIX, PREFIX } from '../controllers.js';
import { type ClassSchema, classSchemas, referredBy, schemaOf } from './class-schemas.js';
import { components } from './components.js';
import { byteOperations } from './byte-paths.js';
import { openOperations } from './open-paths.js';
import { byteOperation, openOperation, operationOf, refusalsOfSigned } from './operations.js';
import { withRoles } from './roles.js';
import { type Controller, type Route, routesOf } from './routes.js';
import { tags } from './tags.js';
import type { Schema } from './schema.js';

export interface OpenApi {
  readonly openapi: string;
  readonly info: Schema;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Schema>>>>;
  readonly components: ReturnType<typeof components>;
  readonly [key: string]: unknown;
}

const DESCRIPTION = `共富账本记录共同富裕项目和集体资产:只追加,不修改;每个数字都能按两种时间回答,即当时的实际(asOf)和账本当时所知(knownAt)。
金额一律为以分为单位的整数,日期一律为上海时间。写入须带Idempotency-Key,重试不会重复入账。错误一律为problem+json,代码固定,附中英文说明和处理办法。

The ledger records common-prosperity projects and collective assets. Nothing is edited; every number is answered at two
times: as of when it was true in the village (asOf), and when the ledger knew it (knownAt). Amounts are integer fen, dates
are days in Asia/Shanghai. Writes carry an Idempotency-Key, and a retry records nothing twice. Errors are problem+json with
a lasting code, a Chinese and an English sentence, and the way out.`;

/** The OpenAPI 3.1 document, from the controllers' routes and their commands' and queries' validation. */
export function openapiDocument(controllers: readonly Controller[]): OpenApi {
  const routes = routesIn(controllers);
  const schemas = withCommands(routes, classSchemas());
  const paths: Record<string, Record<string, Schema>> = {};
  const ofSigned = refusalsOfSigned(routes, schemas);
  for (const route of routes) {
    (paths[route.path] ??= {})[route.method] = withRoles(route, documented(route, schemas, ofSigned));
  }
  const shared = components();
  const referred = referredBy(paths, schemas);
  const bodies = [...schemas].filter(([name]) => referred.has(name));
  const used = new Set(
    Object.values(paths).flatMap((path) => Object.values(path).flatMap((o) => o['tags'] as string[])),
  );
  return {
    openapi: '3.1.1',
    info: {
      title: '共富账本 · Gongfu Ledger',
      version: '1',
      summary: '集体资产和共富项目账本 · A ledger of village projects and collective assets, with both times',
      description: DESCRIPTION,
      license: { name: 'UNLICENSED', identifier: 'LicenseRef-UNLICENSED' },
    },
    servers: [{ url: '/', description: '本服务 · This server' }],
    security: [{ token: [] }],
    tags: tags.filter(({ name }) => used.has(String(name))),
    paths,
    components: { ...shared, schemas: { ...shared['schemas'], ...Object.fromEntries(bodies) } },
  };
}

/** The operationId of every route, by the controller's method that serves it; each that asks who it is has its rule. */
export function operationsOf(controllers: readonly Controller[]): ReadonlyMap<object, string> {
  const routes = routesIn(controllers);
  refuseUnruled(routes.flatMap(({ open, operationId }) => (open ? [] : [operationId])));
  return new Map(routes.map(({ handler, operationId }) => [handler, operationId]));
}

/** The operations by the method and path under which Fastify serves them. */
export function operationsByPath(controllers: readonly Controller[]): ReadonlyMap<string, string> {
  return new Map(
    routesIn(controllers).map(({ method, path, operationId }) => [
      `${method.toUpperCase()} ${path.replaceAll(/\{(.+?)\}/g, ':$1')}`,
      operationId,
    ]),
  );
}

function routesIn(controllers: readonly Controller[]): Route[] {
  return routesOf(controllers, { prefix: PREFIX, outside: OUTSIDE_PREFIX });
}

function documented(route: Route, schemas: ReadonlyMap<string, ClassSchema>, ofSigned: readonly RefusalCode[]): Schema {
  const name = `${route.method} ${route.path}`;
  const [open, bytes] = [openOperations[name], byteOperations[name]];
  if (open !== undefined) return openOperation(route, open);
  return bytes === undefined ? operationOf(route, schemas, ofSigned) : byteOperation(route, bytes);
}

/** A command without fields of its own has those of the class above it, under its own name. */
function withCommands(
  routes: readonly Route[],
  declared: ReadonlyMap<string, ClassSchema>,
): ReadonlyMap<string, ClassSchema> {
  const bodies = routes.flatMap(({ write, act }) =>
    [write?.command, act?.takes?.body].filter((body) => body !== undefined),
  );
  return new Map([...declared, ...bodies.map((body): [string, ClassSchema] => [body.name, schemaOf(body, declared)])]);
}

/** `/openapi.json` and its pages at `/docs`: open to everybody, and nothing comes from outside. */
export function serveDocuments(app: NestFastifyApplication, document: OpenApi): void {
  SwaggerModule.setup('docs', app, document as unknown as OpenAPIObject, {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: '共富账本接口 · Gongfu Ledger API',
    // The default sends the document's address to a validator on the internet.
    swaggerOptions: { validatorUrl: null, tagsSorter: 'alpha' },
  });
}
