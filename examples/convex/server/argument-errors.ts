// What a deployment says of arguments that do not match their validator: the first fault, where it is, the value and the validator.
// Knows no function and no transport.
import type { Value } from "convex/values";

/** A validator as a function exports it. */
export type ValidatorJson =
  | { readonly type: "null" | "number" | "bigint" | "boolean" | "string" | "bytes" | "any" }
  | { readonly type: "literal"; readonly value: Value }
  | { readonly type: "id"; readonly tableName: string }
  | { readonly type: "array"; readonly value: ValidatorJson }
  | { readonly type: "union"; readonly value: readonly ValidatorJson[] }
  | { readonly type: "record"; readonly keys: ValidatorJson; readonly values: FieldJson }
  | { readonly type: "object"; readonly value: Readonly<Record<string, FieldJson>> };

interface FieldJson {
  readonly fieldType: ValidatorJson;
  readonly optional: boolean;
}

/** Arguments that do not match. A deployment names no stack for it. */
export class ArgumentValidationError extends Error {
  override readonly name = "ArgumentValidationError";
}

/** Throws for arguments that do not match. Whether an id is one of its table is left to the database. */
export function checkArguments(validator: ValidatorJson, args: Value): void {
  const fault = faultIn(validator, args, "");
  if (fault !== undefined) throw new ArgumentValidationError(fault);
}

function faultIn(validator: ValidatorJson, value: Value, path: string): string | undefined {
  if (validator.type === "object" && isRecord(value)) return faultInObject(validator, value, path);
  if (validator.type === "array" && Array.isArray(value)) {
    return firstOf(value, (item, index) => faultIn(validator.value, item, `${path}[${index}]`));
  }
  if (validator.type === "record" && isRecord(value)) {
    const { fieldType } = validator.values;
    return firstOf(Object.entries(value), ([key, item]) => faultIn(fieldType, item, `${path}.${key}`));
  }
  if (matches(validator, value)) return undefined;
  return `Value does not match validator.${at(path)}\nValue: ${textOf(value)}\nValidator: ${nameOf(validator)}\n`;
}

function faultInObject(
  validator: Extract<ValidatorJson, { type: "object" }>,
  value: Readonly<Record<string, Value>>,
  path: string,
): string | undefined {
  const fields = Object.entries(validator.value);
  const shown = `${at(path)}\n\nObject: ${textOf(value)}\nValidator: ${nameOf(validator)}\n`;
  const missing = fields.find(([name, { optional }]) => !optional && value[name] === undefined);
  if (missing !== undefined) {
    const hint = "Consider wrapping the field validator in `v.optional(...)` if this is expected.";
    return `Object is missing the required field \`${missing[0]}\`. ${hint}${shown}`;
  }
  const extra = Object.keys(value).find((name) => !Object.hasOwn(validator.value, name));
  if (extra !== undefined) return `Object contains extra field \`${extra}\` that is not in the validator.${shown}`;
  return firstOf(fields, ([name, { fieldType }]) => {
    const item = value[name];
    return item === undefined ? undefined : faultIn(fieldType, item, `${path}.${name}`);
  });
}

/** Whether a value that is looked at as a whole matches. */
function matches(validator: ValidatorJson, value: Value): boolean {
  switch (validator.type) {
    case "any":
      return true;
    case "null":
      return value === null;
    case "bytes":
      return value instanceof ArrayBuffer;
    case "literal":
      return value === validator.value;
    case "id":
      return typeof value === "string";
    case "union":
      return validator.value.some((one) => faultIn(one, value, "") === undefined);
    case "array":
    case "object":
    case "record":
      return false;
    default:
      return typeof value === validator.type;
  }
}

function nameOf(validator: ValidatorJson): string {
  switch (validator.type) {
    case "number":
      return "v.float64()";
    case "bigint":
      return "v.int64()";
    case "literal":
      return `v.literal(${textOf(validator.value)})`;
    case "id":
      return `v.id(${textOf(validator.tableName)})`;
    case "array":
      return `v.array(${nameOf(validator.value)})`;
    case "union":
      return `v.union(${validator.value.map(nameOf).join(", ")})`;
    case "record":
      return `v.record(${nameOf(validator.keys)}, ${nameOf(validator.values.fieldType)})`;
    case "object":
      return `v.object({${Object.entries(validator.value).map(nameOfField).join(", ")}})`;
    default:
      return `v.${validator.type}()`;
  }
}

function nameOfField([name, { fieldType, optional }]: [string, FieldJson]): string {
  return `${name}: ${optional ? `v.optional(${nameOf(fieldType)})` : nameOf(fieldType)}`;
}

/** A value as Convex writes it: a whole number has its `.0`, a bigint its `n`, a field no quotes. */
function textOf(value: Value): string {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "number") return Number.isInteger(value) ? `${value}.0` : String(value);
  if (Array.isArray(value)) return `[${value.map(textOf).join(", ")}]`;
  if (value instanceof ArrayBuffer) return `b"${Buffer.from(value).toString("base64")}"`;
  if (!isRecord(value)) return JSON.stringify(value);
  const fields = Object.entries(value).flatMap(([name, item]) =>
    item === undefined ? [] : [`${name}: ${textOf(item)}`],
  );
  return `{${fields.join(", ")}}`;
}

function at(path: string): string {
  return path === "" ? "" : `\nPath: ${path}`;
}

function firstOf<Item>(
  items: readonly Item[],
  faultOf: (item: Item, index: number) => string | undefined,
): string | undefined {
  for (const [index, item] of items.entries()) {
    const fault = faultOf(item, index);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function isRecord(value: Value): value is Record<string, Value> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof ArrayBuffer);
}
