import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020.js';
import { type Json, type Operation, resolved } from './operations.js';

export interface Given {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

const PROBLEM = 'application/problem+json';

/** Says what about an answer is not as the document promises; nothing when it is. */
export type Conformance = (operation: Operation, answer: Given) => string | undefined;

export function conformanceTo(document: Json): Conformance {
  const ajv = new Ajv2020.default({ strict: false, validateFormats: false });
  ajv.addSchema(document, 'document');
  const validators = new Map<string, ValidateFunction>();
  const validatorOf = ({ path, method }: Operation, status: number, mediaType: string): ValidateFunction => {
    const place = ['paths', path, method.toLowerCase(), 'responses', String(status)];
    const { $ref } = resolved(document, `#/${place.map(escaped).join('/')}`) as { $ref?: string };
    const response = $ref?.slice(2).split('/') ?? place;
    const parts = [...response, 'content', mediaType, 'schema'].map((part) => encodeURIComponent(escaped(part)));
    const pointer = `document#/${parts.join('/')}`;
    const validate = validators.get(pointer) ?? ajv.compile({ $ref: pointer });
    validators.set(pointer, validate);
    return validate;
  };
  return (operation, { status, contentType, body }) => {
    if (status >= 500) return `an answer of ${status}`;
    const mediaType = kindOf(contentType);
    // A path that leads to another route, or to none, is answered before the operation.
    if (mediaType === PROBLEM && (parsed(body) as Json | undefined)?.['code'] === 'ROUTE_UNKNOWN') return undefined;
    const mediaTypes = operation.answers.get(status);
    if (mediaTypes === undefined) return `${status}, which the document does not name`;
    if (operation.method === 'HEAD') return body.length === 0 ? undefined : 'a body in answer to HEAD';
    if (mediaTypes[0] === '*') return undefined;
    const named = mediaTypes.find((said) => kindOf(said) === mediaType);
    if (named === undefined) return `“${contentType}” for ${status}, which the document does not name`;
    if (!mediaType.endsWith('json')) return undefined;
    const value = parsed(body);
    if (value === undefined) return 'what is not JSON';
    const validate = validatorOf(operation, status, named);
    return validate(value) ? undefined : `a body outside its schema: ${ajv.errorsText(validate.errors)}`;
  };
}

/** Without its parameters. */
function kindOf(contentType: string): string {
  return contentType.split(';')[0]?.trim() ?? '';
}

/** Undefined for what is not JSON. */
export function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    return undefined;
  }
}

function escaped(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}
