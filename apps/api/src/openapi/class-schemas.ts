import { AdjustSettlement, AssetOpening, OpeningLine } from '@ledger/domain';
import { plainToInstance } from 'class-transformer';
import { ValidationTypes } from 'class-validator';
import { validationMetadatasToSchemas } from 'class-validator-jsonschema';
import type { Schema } from './schema.js';
import { type ShapeName, shape } from './shapes.js';
import { fieldWords } from './words.js';

export type Declared = abstract new () => object;

export interface ClassSchema extends Schema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

type Converters = NonNullable<NonNullable<Parameters<typeof validationMetadatasToSchemas>[0]>['additionalConverters']>;

/** The shape that each check of ours stands for, by the name of the check. */
const SHAPE_OF: Readonly<Record<string, ShapeName>> = {
  isLocalDate: 'LocalDate',
  isPeriod: 'Period',
  isDateOrYear: 'DateOrYear',
  isStaffId: 'StaffId',
  isReference: 'Reference',
  isAccountCode: 'AccountCode',
  isText: 'Text',
  isPersonName: 'PersonName',
  isMobile: 'Mobile',
  isBankAccount: 'BankAccount',
  isSha256: 'Sha256',
  isPostingBody: 'PostingBody',
  isKnownAt: 'KnownAt',
  isCursor: 'Cursor',
  isDivisionCode: 'DivisionCode',
  isPageLimit: 'PageLimit',
};

/**
 * In openings an account with turnover may have no balance, and an asset no depreciation; a residual value may be nothing.
 * Everywhere else an amount is above zero.
 */
const MAY_BE_ZERO: ReadonlySet<unknown> = new Set([OpeningLine, AssetOpening, AdjustSettlement, 'residualFen']);

const CONVERTERS: Converters = {
  ...Object.fromEntries(Object.entries(SHAPE_OF).map(([check, name]) => [check, shape(name)])),
  isFen: ({ target, propertyName }) =>
    shape(MAY_BE_ZERO.has(target) || MAY_BE_ZERO.has(propertyName) ? 'FenOrZero' : 'Fen'),
  isOneObject: {},
  [ValidationTypes.NESTED_VALIDATION]: (meta) => {
    if (typeof meta.target === 'string') throw new Error(`${meta.target} is a schema, not a class`);
    return { $ref: `#/components/schemas/${nestedClass(meta.target as new () => object, meta.propertyName).name}` };
  },
};

/**
 * The schema of every class with validation decorators, by the name of the class, as class-validator knows them. What no
 * class declares is forbidden, as the validation forbids it.
 */
export function classSchemas(): ReadonlyMap<string, ClassSchema> {
  const schemas = validationMetadatasToSchemas({ additionalConverters: CONVERTERS }) as Record<string, ClassSchema>;
  return new Map(Object.entries(schemas).map(([name, schema]) => [name, described(name, schema)]));
}

/** A class without decorators of its own has the schema of the class above it. */
export function schemaOf(declared: Declared, schemas: ReadonlyMap<string, ClassSchema>): ClassSchema {
  const schema = schemas.get(declared.name);
  if (schema !== undefined) return schema;
  const above = Object.getPrototypeOf(declared) as Declared;
  if (above.name === '') return { type: 'object', properties: {}, additionalProperties: false };
  return schemaOf(above, schemas);
}

/** The names of all component schemas that a schema refers to, through others too. */
export function referredBy(
  schema: unknown,
  schemas: ReadonlyMap<string, Schema>,
  found = new Set<string>(),
): Set<string> {
  for (const [, name = ''] of JSON.stringify(schema).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
    if (found.has(name)) continue;
    found.add(name);
    referredBy(schemas.get(name) ?? {}, schemas, found);
  }
  return found;
}

function described(className: string, schema: ClassSchema): ClassSchema {
  const properties = Object.entries(schema.properties).map(([name, property]): [string, Schema] => {
    const description = fieldWords[`${className}.${name}`] ?? fieldWords[name];
    return [name, description === undefined ? property : { ...property, description }];
  });
  return { ...schema, properties: Object.fromEntries(properties), additionalProperties: false };
}

/** What class-transformer makes of a nested field; asking it is the only public way to the class. */
function nestedClass(target: new () => object, property: string): Declared {
  const made = plainToInstance(target, { [property]: [{}] }) as Record<string, [object]>;
  const nested = made[property]?.[0].constructor;
  if (nested === undefined || nested === Object) throw new Error(`${target.name}.${property} lacks @Type`);
  return nested as unknown as Declared;
}
