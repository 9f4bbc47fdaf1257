// What `npx convex function-spec` says of a deployment: its public mutations and their arguments. A file of another program: every part is looked at.
import type { TakenArgument, TakenArguments } from "./backend-fields.ts";

/** The mutations by name, such as `users:reserveCredits`. Undefined: the text is no such file. */
export function readFunctionSpec(text: string): ReadonlyMap<string, TakenArguments> | undefined {
  const functions = field(parsed(text), "functions");
  if (!Array.isArray(functions)) return undefined;
  return new Map(functions.flatMap(readFunction));
}

function readFunction(one: unknown): readonly (readonly [string, TakenArguments])[] {
  const identifier = field(one, "identifier");
  const isPublic = field(field(one, "visibility"), "kind") === "public";
  if (typeof identifier !== "string" || !isPublic || field(one, "functionType") !== "Mutation") return [];
  const args = field(one, "args");
  const fields = field(args, "value");
  const name = identifier.replace(/\.[cm]?[jt]s:/, ":");
  if (field(args, "type") !== "object" || typeof fields !== "object" || fields === null) return [[name, "anything"]];
  return [[name, Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, readArgument(value)]))]];
}

function readArgument(value: unknown): TakenArgument {
  const type = field(value, "fieldType");
  const isList = field(type, "type") === "array";
  return {
    isOptional: field(value, "optional") === true,
    isListOfObjects: isList && field(field(type, "value"), "type") === "object",
  };
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
