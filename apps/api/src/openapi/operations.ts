import type { RefusalCode } from '@ledger/domain';
import type { ActDocument } from '../acts.js';
import type { ReadRoute } from '../read/documented.js';
import { KnownQuery } from '../read/queries.js';
import type { WriteRoute } from '../write/documented.js';
import { type ClassSchema, referredBy, schemaOf } from './class-schemas.js';
import { problemResponses } from './problems.js';
import type { Route } from './routes.js';
import type { Schema } from './schema.js';
import { shape } from './shapes.js';
import { tagOf } from './tags.js';
import { pathWords } from './words.js';

type Schemas = ReadonlyMap<string, ClassSchema>;

const EVERY_OPERATION: readonly RefusalCode[] = [
  'INPUT_INVALID',
  'TOKEN_REQUIRED',
  'ROLE_NOT_ALLOWED',
  'PASSWORD_CHANGE_REQUIRED',
  'RATE_LIMITED',
  'STORE_UNAVAILABLE',
];

const EVERY_WRITE: readonly RefusalCode[] = [
  ...EVERY_OPERATION,
  'CONCURRENT_CHANGE',
  'REVISION_STALE',
  'BODY_TOO_LARGE',
  'MEDIA_TYPE_UNKNOWN',
  'ORIGIN_ONLY_IN_DEMO',
  'EVIDENCE_UNKNOWN',
  'IDEMPOTENCY_KEY_REUSED',
  'OUTCOME_UNKNOWN',
  'GRANT_TOO_NARROW',
];

/** What a command can be refused for because of a field that it has, whatever it does. */
const BY_FIELD: readonly { readonly has: RegExp; readonly codes: readonly RefusalCode[] }[] = [
  { has: /^(Text|Reference)$/, codes: ['PERSONAL_DATA_IN_TEXT'] },
  { has: /^(Fen|FenOrZero)$/, codes: ['AMOUNT_NOT_POSITIVE', 'AMOUNT_PRECISION', 'AMOUNT_TOO_LARGE'] },
  { has: /^reviewedBy$/, codes: ['SAME_PERSON'] },
  { has: /^closedBy$/, codes: ['SIGNATURE_NOT_YOURS', 'HANDOVER_REQUIRED'] },
  { has: /^(effectiveOn|startPeriod)$/, codes: ['DATE_IN_FUTURE'] },
];

/** What only commands that others sign can be refused for. */
const OF_SIGNERS: readonly RefusalCode[] = ['SAME_PERSON', 'SIGNATURE_NOT_YOURS', 'HANDOVER_REQUIRED'];

const header = (name: string): Schema => ({ $ref: `#/components/headers/${name}` });
const parameter = (name: string): Schema => ({ $ref: `#/components/parameters/${name}` });

const becomesDraft: Schema = {
  description:
    '启用账号时:已提交审核,尚未记录;同一请求重发时返回同一送审单。Where there are accounts: submitted for review and not recorded yet; a repeated request gets the same draft.',
  headers: { ETag: header('ETag'), 'Idempotency-Replayed': header('IdempotencyReplayed') },
  content: { 'application/json': { schema: { $ref: '#/components/schemas/SubmittedDraft' } } },
};

/** One route as an OpenAPI operation. A route that says nothing about itself is an error: nothing stays undocumented. */
export function operationOf(route: Route, schemas: Schemas, ofSigned: readonly RefusalCode[]): Schema {
  if (route.write !== undefined) return { ...headOf(route), ...writeOperation(route, route.write, schemas) };
  if (route.read !== undefined) return { ...headOf(route), ...readOperation(route, route.read, schemas) };
  if (route.act !== undefined) return { ...headOf(route), ...actOperation(route, route.act, ofSigned) };
  throw new Error(`${route.method.toUpperCase()} ${route.path} has none of @Writes, @Reads and @Acts`);
}

/** A route whose bodies are bytes: what it takes and answers is said in words of its own. */
export function byteOperation(route: Route, says: Schema): Schema {
  return { ...headOf(route), parameters: pathParameters(route), ...says };
}

/** A route that needs no token: what it answers is said in words of its own. */
export function openOperation(route: Route, answers: Schema): Schema {
  return { ...headOf(route), security: [], parameters: pathParameters(route), ...answers };
}

function headOf(route: Route): Schema {
  return { operationId: route.operationId, tags: [route.act?.tag ?? tagOf(route)] };
}

function pathParameters({ segments }: Route): Schema[] {
  return segments.flatMap(({ name, variable }, i) => {
    if (!variable) return [];
    const words = pathWords[`${segments[i - 1]?.name}/${name}`] ?? pathWords[name];
    if (words === undefined) throw new Error(`the path parameter ${name} has no words in openapi/words.ts`);
    return [{ name, in: 'path', required: true, ...words }];
  });
}

function writeOperation(route: Route, write: WriteRoute, schemas: Schemas): Schema {
  const { command, summary, example } = write;
  const signed = isSigned(schemaOf(command, schemas), schemas);
  return {
    summary,
    parameters: [...pathParameters(route), parameter('IdempotencyKey'), parameter('IfMatch')],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: { $ref: `#/components/schemas/${command.name}` },
          examples: { example: { summary, value: example } },
        },
      },
    },
    responses: {
      201: {
        description:
          '已记录的收据;同一请求重发时返回首次的收据。The receipt; a repeated request gets the first one again.',
        headers: {
          ETag: header('ETag'),
          'Ledger-Position': header('LedgerPosition'),
          'Idempotency-Replayed': header('IdempotencyReplayed'),
        },
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Receipt' } } },
      },
      ...(signed ? { 202: becomesDraft } : {}),
      ...problemResponses([...EVERY_WRITE, ...refusalsOf(write, schemas)]),
    },
  };
}

/** Those of its own, by its fields and its signers. */
function refusalsOf({ command, refusals }: WriteRoute, schemas: Schemas): RefusalCode[] {
  const body = schemaOf(command, schemas);
  const has = [...Object.keys(body.properties), ...referredBy(body, schemas)];
  const byField = BY_FIELD.flatMap((rule) => (has.some((name) => rule.has.test(name)) ? rule.codes : []));
  return [...refusals, ...byField, ...(isSigned(body, schemas) ? OF_SIGNERS : [])];
}

/** Whatever the commands can be refused for that become drafts. */
export function refusalsOfSigned(routes: readonly Route[], schemas: Schemas): RefusalCode[] {
  const signed = routes.flatMap(({ write }) =>
    write && isSigned(schemaOf(write.command, schemas), schemas) ? write : [],
  );
  return [...EVERY_WRITE, ...signed.flatMap((write) => refusalsOf(write, schemas))];
}

/** Whether it names a reviewer, itself or in one of its parts; where there are accounts, he has to sign first. */
function isSigned(body: ClassSchema, schemas: Schemas): boolean {
  const parts = [...referredBy(body, schemas)].map((name) => schemas.get(name));
  return [body, ...parts].some((part) => part !== undefined && 'reviewedBy' in part.properties);
}

function actOperation(route: Route, act: ActDocument, ofSigned: readonly RefusalCode[]): Schema {
  const { summary, takes, answer, status = 200, otherwise = {}, headers = [], alsoAs = [], refusals, open } = act;
  const every: readonly RefusalCode[] = open === true ? ['INPUT_INVALID'] : EVERY_OPERATION;
  const body = takes && {
    required: true,
    content: {
      'application/json': {
        schema: { $ref: `#/components/schemas/${takes.body.name}` },
        examples: { example: { summary, value: takes.example } },
      },
    },
  };
  const ofBody: RefusalCode[] = body === undefined ? [] : ['BODY_TOO_LARGE', 'MEDIA_TYPE_UNKNOWN'];
  return {
    summary,
    ...(open && { security: [] }),
    parameters: [...pathParameters(route), ...headers.map(parameter)],
    ...(body && { requestBody: body }),
    responses: {
      ...Object.fromEntries(Object.entries({ [status]: answer, ...otherwise }).map(done(alsoAs))),
      ...problemResponses([...every, ...ofBody, ...refusals, ...(act.decidesDrafts === true ? ofSigned : [])]),
    },
  };
}

function done(alsoAs: readonly string[]) {
  return ([status, schema]: [string, Schema]): [string, Schema] => {
    const content = { 'application/json': { schema }, ...files(alsoAs) };
    return [status, { description: '已办理。Done; what is so now.', content }];
  };
}

function readOperation(route: Route, read: ReadRoute, schemas: Schemas): Schema {
  const query = schemaOf(read.query, schemas);
  const fromViews = read.query.prototype instanceof KnownQuery;
  const codes = [...EVERY_OPERATION];
  if ('knownAt' in query.properties) codes.push('KNOWN_AT_IN_FUTURE');
  if (fromViews) codes.push('VIEW_BEHIND');
  const schema = fromViews ? dated(read.answer, query) : read.answer;
  return {
    summary: read.summary,
    parameters: [
      ...pathParameters(route),
      ...queryParameters(query),
      ...(fromViews ? [parameter('LedgerMinPosition')] : []),
      ...(read.headers ?? []).map(parameter),
    ],
    responses: {
      200: {
        description:
          read.mediaType === undefined
            ? '查询结果。The answer; the same question at the same knownAt gives the same bytes for ever.'
            : '持续的回答,直到连接结束。The answer goes on until the connection ends.',
        content: { [read.mediaType ?? 'application/json']: { schema }, ...files(read.alsoAs ?? []) },
      },
      ...problemResponses([...codes, ...read.refusals]),
    },
  };
}

/** An answer as a file or page is text or bytes to this document. */
function files(mediaTypes: readonly string[]): Schema {
  return Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema: { type: 'string' } }]));
}

function queryParameters(query: ClassSchema): Schema[] {
  return Object.entries(query.properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: query.required?.includes(name) ?? false,
    ...(description === undefined ? {} : { description }),
    schema,
  }));
}

/** The answer with its times and the versions of the views that it came from: its lasting name. */
function dated(answer: Schema, query: ClassSchema): Schema {
  const times = {
    ...('asOf' in query.properties && {
      asOf: { ...shape('LocalDate'), description: '业务日期。The day that was asked for.' },
    }),
    knownAt: { ...shape('Position'), description: '记录时点(位置)。The position that the answer knows up to.' },
    views: { $ref: '#/components/schemas/ViewVersions' },
  };
  const { properties, required = [] } = answer as Partial<ClassSchema>;
  return {
    ...answer,
    type: 'object',
    required: [...new Set([...Object.keys(times), ...required])],
    properties: { ...times, ...properties },
  };
}
