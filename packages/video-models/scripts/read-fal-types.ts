// Reads the endpoints out of the declarations of fal's client, which are generated and regular. Knows no registry.

/** A field of an input. */
export interface FalField {
  readonly isRequired: boolean;
  /** The values of a closed list, as texts; undefined for any other type. */
  readonly values: readonly string[] | undefined;
}

/** What the client says of an endpoint. */
export interface FalEndpoint {
  readonly fields: ReadonlyMap<string, FalField>;
  readonly makesVideo: boolean;
}

/** The endpoints of `EndpointTypeMap`, by their ids. Throws if the text has no such map: then its form has changed. */
export function readFalTypes(declarations: string): ReadonlyMap<string, FalEndpoint> {
  const [types = "", map] = declarations.split("export type EndpointTypeMap = {");
  if (map === undefined)
    throw new Error("These are not the declarations of fal's endpoints: EndpointTypeMap is missing.");
  const blocks = readBlocks(types);
  const bodyOf = (name: string): string => {
    const body = blocks.get(name) ?? "";
    return /^\w+$/.test(body) && body !== name ? bodyOf(body) : body;
  };
  const endpoints = map.matchAll(/"([^"]+)": \{\s*input: (\w+);\s*output: (\w+);/g);
  return new Map(
    Array.from(endpoints, ([, id = "", input = "", output = ""]) => [
      id,
      { fields: readFields(bodyOf(input)), makesVideo: readFields(bodyOf(output)).has("video") },
    ]),
  );
}

/** The text of each type: its members, or the name of the type that it stands for. */
function readBlocks(types: string): ReadonlyMap<string, string> {
  const found = types.matchAll(/^export type (\w+) = (?:\{\n([\s\S]*?)\n\}|(\w+));$/gm);
  return new Map(Array.from(found, ([, name = "", members, alias]) => [name, members ?? alias ?? ""]));
}

/** The members of an object type, one a line, without those of nested objects. */
function readFields(members: string): ReadonlyMap<string, FalField> {
  const found = members.matchAll(/^ {4}(\w+)(\??): (.+);$/gm);
  return new Map(
    Array.from(found, ([, name = "", optional, type = ""]) => [
      name,
      { isRequired: optional === "", values: valuesOf(type) },
    ]),
  );
}

function valuesOf(type: string): readonly string[] | undefined {
  const parts = type.split(" | ");
  const literals = parts.flatMap((part) => /^(?:"([^"]*)"|(-?\d+(?:\.\d+)?))$/.exec(part)?.slice(1).find(isText) ?? []);
  return literals.length === parts.length ? literals : undefined;
}

function isText(part: string | undefined): part is string {
  return part !== undefined;
}
