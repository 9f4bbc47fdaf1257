// Test support: holds an input against a published schema, strictly. Knows no provider.

/** What a schema says of one field. */
export interface FieldSchema {
  readonly type: string;
  readonly required?: boolean;
  readonly enum?: readonly (string | number)[];
  readonly default?: unknown;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly itemProperties?: InputSchema;
}

/** The fields of an input, or of an object in it. */
export interface InputSchema {
  readonly [field: string]: FieldSchema | undefined;
}

/** Everything that is wrong with an input; empty if it would be accepted. */
export function inputProblems(schema: InputSchema, input: unknown, path = "input"): readonly string[] {
  if (!isRecord(input)) return [`${path}: not an object`];
  const missing = Object.entries(schema).filter(([name, field]) => field?.required === true && !(name in input));
  return [
    ...missing.map(([name]) => `${path}.${name}: required`),
    ...Object.entries(input).flatMap(([name, value]) => {
      const field = Object.hasOwn(schema, name) ? schema[name] : undefined;
      return field === undefined ? [`${path}.${name}: unknown field`] : valueProblems(field, value, `${path}.${name}`);
    }),
  ];
}

function valueProblems(field: FieldSchema, value: unknown, path: string): readonly string[] {
  if (field.type.startsWith("array<")) return arrayProblems(field, value, path);
  if (field.type === "object") return inputProblems(field.itemProperties ?? {}, value, path);
  const isOfType = TYPES[field.type];
  if (isOfType === undefined) throw new Error(`${path}: the schema has the unknown type ${field.type}`);
  if (!isOfType(value)) return [`${path}: not a ${field.type}`];
  if (field.enum && !field.enum.some((allowed) => allowed === value))
    return [`${path}: not one of ${field.enum.join()}`];
  const { size, min, max } = typeof value === "string" ? lengthOf(field, value) : numberOf(field, value);
  return size < min || size > max ? [`${path}: not within ${min} and ${max}`] : [];
}

function arrayProblems(field: FieldSchema, value: unknown, path: string): readonly string[] {
  if (!Array.isArray(value)) return [`${path}: not an array`];
  const { minItems = 0, maxItems = Infinity, ...rest } = field;
  const item = { ...rest, type: field.type.slice("array<".length, -1) };
  const problems = value.flatMap((entry, index) => valueProblems(item, entry, `${path}.${index}`));
  return value.length < minItems || value.length > maxItems
    ? [...problems, `${path}: not ${minItems} to ${maxItems} items`]
    : problems;
}

function lengthOf({ minLength = 0, maxLength = Infinity }: FieldSchema, value: string) {
  return { size: value.length, min: minLength, max: maxLength };
}

function numberOf({ min = -Infinity, max = Infinity }: FieldSchema, value: unknown) {
  return { size: Number(value), min, max };
}

const TYPES: Readonly<Record<string, ((value: unknown) => boolean) | undefined>> = {
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  number: (value) => Number.isFinite(value),
  integer: (value) => Number.isSafeInteger(value),
  url: (value) => typeof value === "string" && /^https:\/\/[^\s/]+\.[^\s/]+\/\S*$/.test(value),
};

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
