// Compares what the registry knows of fal's endpoints, its fixtures, with what the types of fal's client say. Prints nothing.
import type { FalEndpoint } from "./read-fal-types.ts";

/** What the registry knows of an endpoint. A test holds every reachable request against it. */
export interface KnownEndpoint {
  readonly endpoint: string;
  readonly input: Readonly<Record<string, KnownField | undefined>>;
}

interface KnownField {
  readonly type?: string;
  readonly required?: boolean;
  readonly enum?: readonly unknown[];
}

/** The differences, each as a line for a person. */
export interface CatalogueDifferences {
  /** Endpoints that make a video, of the apps that we use, and that we do not use. */
  readonly added: readonly string[];
  /** What has changed of the endpoints that we use. */
  readonly changed: readonly string[];
  /** Endpoints that we use and that the client does not have. That alone does not prove that they are gone. */
  readonly gone: readonly string[];
}

/** The differences between what is known and what the client says. */
export function compareCatalogue(
  known: readonly KnownEndpoint[],
  client: ReadonlyMap<string, FalEndpoint>,
): CatalogueDifferences {
  const ids = known.map(({ endpoint }) => endpoint);
  const apps = new Set(ids.map(appOf));
  return {
    added: [...client]
      .filter(([id, { makesVideo }]) => makesVideo && apps.has(appOf(id)) && !ids.includes(id))
      .map(idOf),
    changed: known.flatMap((one) => {
      const there = client.get(one.endpoint);
      return there === undefined ? [] : changesOf(one, there).map((change) => `${one.endpoint}: ${change}`);
    }),
    gone: ids.filter((id) => !client.has(id)),
  };
}

const idOf = ([id]: readonly [string, unknown]) => id;
const appOf = (id: string) => id.split("/").slice(0, 2).join("/");

function changesOf({ input }: KnownEndpoint, { fields }: FalEndpoint): readonly string[] {
  const added = [...fields.keys()].filter((name) => !Object.hasOwn(input, name)).map((name) => `${name} is new`);
  const others = Object.entries(input).flatMap(([name, ours]) => {
    const theirs = fields.get(name);
    if (theirs === undefined) return [`${name} is gone`];
    const isRequired = ours?.required === true;
    const need =
      theirs.isRequired === isRequired ? [] : [`${name} is ${theirs.isRequired ? "now required" : "optional"}`];
    return [...need, ...valueChanges(name, ours?.enum?.map(String), theirs.values)];
  });
  return [...added, ...others];
}

function valueChanges(name: string, ours: readonly string[] | undefined, theirs: readonly string[] | undefined) {
  // The client widens a list of one value to any text.
  if (ours === undefined || theirs === undefined) return [];
  const more = theirs.filter((value) => !ours.includes(value));
  const less = ours.filter((value) => !theirs.includes(value));
  return [
    ...(more.length > 0 ? [`${name} takes ${more.join(", ")} too`] : []),
    ...(less.length > 0 ? [`${name} does not take ${less.join(", ")}`] : []),
  ];
}
