// Calls Convex functions on convex-test: the one path that HTTP and the sync protocol share. Arguments and results are in
// Convex's JSON encoding. Only public functions can be reached. Knows nothing of tokens or transports.
import { createHash } from "node:crypto";
import type { TestConvex } from "convex-test";
import { makeFunctionReference } from "convex/server";
import { ConvexError, convexToJson, jsonToConvex, type JSONValue, type Value } from "convex/values";
import { ArgumentValidationError, checkArguments, type ValidatorJson } from "./argument-errors.ts";
import type { ModuleMap } from "./embedded-modules.ts";
import { onceIn, type schemaWithRequests, type SessionRequest } from "./request-record.ts";
import type { Identity } from "./tokens.ts";

/** The three kinds of functions a client can call. */
export type FunctionKind = "query" | "mutation" | "action";

/** A function and its encoded arguments. */
export interface FunctionCall {
  readonly path: string;
  readonly args: JSONValue;
}

/** What a function returned or threw. `message` is as a client gets it; `data` is there for a ConvexError. */
export type Outcome =
  | { readonly ok: true; readonly value: JSONValue }
  | { readonly ok: false; readonly message: string; readonly data?: JSONValue };

/** Query results as of one moment: `ts` is the last commit they see, in nanoseconds since 1970. */
export interface Snapshot {
  readonly ts: bigint;
  readonly outcomes: readonly Outcome[];
}

/** Calls functions for an identity; no identity is a caller who is not signed in. A function that throws is an outcome. */
export interface FunctionRunner {
  /** What kind of public function a path names; undefined when it names none. */
  kindOf(path: string): Promise<FunctionKind | undefined>;
  run(kind: FunctionKind, call: FunctionCall, identity: Identity | undefined): Promise<Outcome>;
  /** Runs a mutation once for this request, as request-record.ts says. Of the data of errors the same is so as in a snapshot. */
  runOnce(request: SessionRequest, call: FunctionCall, identity: Identity | undefined): Promise<Outcome>;
  /**
   * Runs queries in one transaction, so that no commit falls between them. convex-test decodes the data of their errors
   * twice, so a ConvexError with a bigint or bytes in it arrives here as a plain error.
   */
  snapshot(calls: readonly FunctionCall[], identity: Identity | undefined): Promise<Snapshot>;
}

/** What a runner needs beside a database. */
export interface FunctionRunnerOptions {
  readonly modules: ModuleMap;
  /** Whether the texts of errors are hidden. */
  readonly isProduction: boolean;
  /** Where the backend listens: the addresses of files lead there. Left out: they lead nowhere. */
  readonly ownUrl?: () => string;
}

/** A runner over a convex-test database and the modules it was given. */
export function createFunctionRunner(
  t: TestConvex<typeof schemaWithRequests>,
  { modules, isProduction, ownUrl }: FunctionRunnerOptions,
): FunctionRunner {
  const attempt = async (call: FunctionCall, run: () => Promise<Value | undefined>): Promise<Outcome> => {
    const outcome = await outcomeOf(run, (error) => messageOf(error, { path: call.path, isProduction }));
    return ownUrl === undefined ? outcome : withOwnFiles(outcome, ownUrl());
  };
  const callerFor = (identity: Identity | undefined) => (identity === undefined ? t : t.withIdentity({ ...identity }));
  return {
    kindOf: async (path) => (await findPublic(modules, canonical(path)))?.kind,
    run: (kind, call, identity) =>
      attempt(call, async () => {
        const { path, args } = await resolve(modules, kind, call);
        const caller = callerFor(identity);
        if (kind === "query") return await caller.query(makeFunctionReference<"query">(path), args);
        if (kind === "mutation") return await caller.mutation(makeFunctionReference<"mutation">(path), args);
        return await caller.action(makeFunctionReference<"action">(path), args);
      }),
    runOnce: (request, call, identity) =>
      attempt(call, () =>
        callerFor(identity).mutation((ctx) =>
          onceIn(ctx.db, request, async () => {
            const { path, args } = await resolve(modules, "mutation", call);
            return await ctx.runMutation(makeFunctionReference<"mutation">(path), args);
          }),
        ),
      ),
    async snapshot(calls, identity) {
      const outcomes: Outcome[] = [];
      const ts = await callerFor(identity).query(async (ctx) => {
        for (const call of calls) {
          const runQuery = async () => {
            const { path, args } = await resolve(modules, "query", call);
            return await ctx.runQuery(makeFunctionReference<"query">(path), args);
          };
          outcomes.push(await attempt(call, runQuery));
        }
        return ctx.meta.getSnapshotTs();
      });
      return { ts, outcomes };
    },
  };
}

/** Where convex-test puts the files of its storage. */
const FILES = "https://some-deployment.convex.cloud/api/storage/";

function withOwnFiles(outcome: Outcome, ownUrl: string): Outcome {
  const encoded = JSON.stringify(outcome);
  return encoded.includes(FILES) ? JSON.parse(encoded.replaceAll(FILES, `${ownUrl}/api/storage/`)) : outcome;
}

async function outcomeOf(
  run: () => Promise<Value | undefined>,
  describe: (error: unknown) => string,
): Promise<Outcome> {
  try {
    return { ok: true, value: convexToJson((await run()) ?? null) };
  } catch (error) {
    const message = describe(error);
    return error instanceof ConvexError
      ? { ok: false, message, data: convexToJson(error.data) }
      : { ok: false, message };
  }
}

/** An error in Convex's words. Its request id follows from the error, so that a query that fails again has not changed. */
function messageOf(error: unknown, { path, isProduction }: { path: string; isProduction: boolean }): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const requestId = createHash("sha256").update(`${path} ${text}`).digest("hex").slice(0, 16);
  const hidden = `[Request ID: ${requestId}] Server Error`;
  if (isProduction) return hidden;
  return `${hidden}\n${error instanceof ArgumentValidationError ? text : `Uncaught ${text}`}`;
}

async function resolve(modules: ModuleMap, kind: FunctionKind, call: FunctionCall) {
  const path = canonical(call.path);
  const found = await findPublic(modules, path);
  if (found === undefined) throw new Error(`Could not find public function for '${path}'.`);
  if (found.kind !== kind) throw new Error(`Trying to execute ${path} as ${kind}, but it is defined as ${found.kind}.`);
  const args = jsonToConvex(call.args);
  if (!isRecord(args)) throw new Error(`The arguments of ${path} must be an object.`);
  checkArguments(found.validator, args);
  return { path, args };
}

function canonical(path: string): string {
  const [file = "", name = "default"] = path.split(":");
  return `${file.replace(/\.js$/, "")}:${name}`;
}

interface PublicFunction {
  readonly kind: FunctionKind;
  readonly validator: ValidatorJson;
}

const MARKS = [
  ["isQuery", "query"],
  ["isMutation", "mutation"],
  ["isAction", "action"],
] as const;

/** convex-test itself lets a caller reach internal functions by name, so the mark that Convex sets is read here. */
async function findPublic(modules: ModuleMap, path: string): Promise<PublicFunction | undefined> {
  const [file, name = ""] = path.split(":");
  const key = `./${file}.ts`;
  const found = Object.hasOwn(modules, key) ? (await modules[key]?.())?.[name] : undefined;
  if (typeof found !== "function" || !("isPublic" in found)) return undefined;
  const kind = MARKS.find(([mark]) => mark in found)?.[1];
  const exported = "exportArgs" in found && typeof found.exportArgs === "function" ? found.exportArgs() : undefined;
  if (kind === undefined || typeof exported !== "string") return undefined;
  return { kind, validator: JSON.parse(exported) };
}

function isRecord(value: Value): value is Record<string, Value> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof ArrayBuffer);
}
