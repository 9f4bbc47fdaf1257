// Which options of `backend` fit a deployment: by asking the embedded one as a stranger, and by Convex's own list of functions.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  BACKEND_KINDS,
  modulesOf,
  spawnEmbeddedBackend,
  startEmbeddedBackend,
  type BackendKind,
  type ModuleMap,
} from "@video-engine/example-convex";
import { api } from "@video-engine/example-convex/api";
import { ConvexHttpClient } from "convex/browser";
import { mutationGeneric } from "convex/server";
import { v } from "convex/values";
import { describe, expect, onTestFinished, test } from "vitest";
import { readValidator } from "../../src/doctor/ask-for-fields.ts";
import { checkFieldsByAsking, checkFieldsBySpec } from "../../src/doctor/check-fields.ts";
import type { Finding } from "../../src/doctor/finding.ts";

const texts = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ level, text }) => `${level}: ${text}`);
const fits = (options: object): string => `ok: what the functions take fits ${JSON.stringify(options)} as \`backend\``;

/** What each kind of the example's functions takes. */
const OPTIONS: Readonly<Record<BackendKind, object>> = {
  "as-planned": { fields: "all" },
  "as-deployed": {},
  "with-operation-ids": { takesOperationIds: true, fields: "all" },
};

/** The mutations of modules, as `convex function-spec` lists them: each exports its own validator. */
async function specOf(modules: ModuleMap): Promise<string> {
  const functions = await Promise.all(
    Object.entries(modules).map(async ([path, load]) =>
      Object.entries(await load()).flatMap(([name, exported]) => {
        if (typeof exported !== "function" || !("exportArgs" in exported) || !("isMutation" in exported)) return [];
        const args: unknown = JSON.parse((exported.exportArgs as () => string)());
        const identifier = `${path.replace(/^\.\//, "").replace(/\.ts$/, ".js")}:${name}`;
        const visibility = { kind: "isPublic" in exported ? "public" : "internal" };
        return [{ identifier, functionType: "Mutation", visibility, args, returns: { type: "any" } }];
      }),
    ),
  );
  return JSON.stringify({ url: "https://happy-otter-123.convex.cloud", functions: functions.flat() });
}

describe.each(BACKEND_KINDS)("functions %s", (kind) => {
  test("say what they take, and nothing is written", async () => {
    const backend = await startEmbeddedBackend({ kind });
    onTestFinished(() => backend.close());
    const client = new ConvexHttpClient(backend.url, { auth: backend.tokenFor({ subject: "alice" }), logger: false });
    await client.mutation(api.extras.seedUser, { credits: 7 });
    expect(texts(await checkFieldsByAsking(backend.url))).toEqual([fits(OPTIONS[kind])]);
    expect(await client.query(api.users.getUserCreditsBreakdown, {})).toMatchObject({ total: 7, reserved: 0 });
    expect(await client.query(api.sessions.getUserSessions, {})).toEqual([]);
  });

  test("are listed with what they take", async () => {
    expect(texts(checkFieldsBySpec(await specOf(modulesOf(kind))))).toEqual([fits(OPTIONS[kind])]);
  });

  test("say nothing in production, and where to read it instead", async () => {
    const backend = await startEmbeddedBackend({ kind, isProduction: true });
    onTestFinished(() => backend.close());
    const [finding, ...others] = await checkFieldsByAsking(backend.url);
    expect(finding).toMatchObject({ level: "unknown", text: expect.stringMatching(/^8 functions .* function-spec/) });
    expect(others).toEqual([]);
  });
});

describe("what does not fit", () => {
  const named = (module: string, functions: Record<string, unknown>): ModuleMap => ({
    [`./${module}.ts`]: () => Promise.resolve(functions),
  });
  const users = ["reserveCredits", "captureReservedCredits", "releaseReservedCredits"] as const;
  const usersWith = (make: () => unknown): ModuleMap =>
    named("users", Object.fromEntries(users.map((name) => [name, make()])));

  test("a field that is missing, one too many, and one that is needed", async () => {
    const needing = usersWith(() => mutationGeneric({ args: { sum: v.number() }, handler: () => null }));
    const backend = await startEmbeddedBackend({ modules: needing });
    onTestFinished(() => backend.close());
    const expected = users.flatMap((name) => [
      `failed: users:${name} does not take amount`,
      `failed: users:${name} needs sum, which is not sent`,
    ]);
    expect(texts(await checkFieldsByAsking(backend.url))).toEqual([...expected, fits({ fields: "all" })]);
    expect(texts(checkFieldsBySpec(await specOf({ ...modulesOf("as-planned"), ...needing })))).toEqual([
      ...expected,
      fits({ fields: "all" }),
    ]);
  });

  test("functions that check nothing: those that let a stranger in are named", async () => {
    let refuses = true;
    const unchecked = usersWith(() =>
      mutationGeneric(() => {
        if (refuses) throw new Error("Sign in.");
        return null;
      }),
    );
    const backend = await startEmbeddedBackend({ modules: unchecked });
    onTestFinished(() => backend.close());
    const noted = users.map((name) => `note: users:${name} checks no arguments: any field is taken, a wrong one too`);
    expect(texts(await checkFieldsByAsking(backend.url))).toEqual([...noted, fits({ fields: "all" })]);
    refuses = false;
    expect(texts(await checkFieldsByAsking(backend.url))).toEqual(
      users.map((name) => `failed: users:${name} checks no arguments, and ran for a caller who is not signed in`),
    );
  });

  test("functions that are not there, in a list and in a deployment", async () => {
    const { "./users.ts": _users, ...others } = modulesOf("as-planned");
    const missing = users.map((name) => `failed: users:${name} is not among the public mutations`);
    expect(texts(checkFieldsBySpec(await specOf(others)))).toEqual(missing);
    const backend = await startEmbeddedBackend({ modules: named("users", {}) });
    onTestFinished(() => backend.close());
    expect(texts(await checkFieldsByAsking(backend.url))).toEqual(
      users.map((name) => `failed: users:${name} is not there`),
    );
  });

  test.each(["", "no JSON", "[]", '{"functions":{}}', "null"])("%j is no list of functions", (text) => {
    expect(texts(checkFieldsBySpec(text))).toEqual([expect.stringMatching(/^failed: --function-spec is no output/)]);
  });

  test.each(['{"functions":[null,3,{}]}', '{"functions":[{"identifier":"users.js:reserveCredits"}]}'])(
    "a list of other things, %s, has no function",
    (text) => {
      expect(checkFieldsBySpec(text)).toHaveLength(8);
    },
  );
});

describe("the validator in a refusal", () => {
  const refusal = (fields: string): string =>
    `[Request ID: 1] Server Error\nArgumentValidationError: Object contains extra field \`x\` that is not in the validator.\n\nObject: {x: "v.object({})"}\nValidator: v.object({${fields}})\n`;

  test("is read with texts, brackets and commas in it", () => {
    const fields =
      'kind: v.union(v.literal("a, b: ({"), v.null()), list: v.optional(v.array(v.object({at: v.int64(), b: v.any()}))), n: v.float64()';
    expect(readValidator(refusal(fields))).toEqual({
      kind: { isOptional: false, isListOfObjects: false },
      list: { isOptional: true, isListOfObjects: true },
      n: { isOptional: false, isListOfObjects: false },
    });
  });

  test("may have no field", () => {
    expect(readValidator(refusal(""))).toEqual({});
  });

  test.each(["Server Error", "Uncaught Error: Validator: v.object({a: v.any()})", ""])("is not in %j", (message) => {
    expect(readValidator(message)).toBeUndefined();
  });
});

describe("the command", () => {
  const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

  async function doctor(flags: readonly string[], convexUrl: string) {
    const command = ["--conditions=@video-engine/source", MAIN, "doctor", ...flags];
    // Nothing listens there: no provider is asked.
    const env = { ...process.env, PROVIDERS_URL: "http://127.0.0.1:9", CONVEX_URL: convexUrl, CONVEX_TOKEN: "" };
    const child = spawn(process.execPath, command, { env, stdio: ["ignore", "pipe", "pipe"] });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const [code] = (await once(child, "close")) as [number | null];
    return { code, stdout, stderr };
  }

  test("asks the functions only when it may", async () => {
    const backend = await spawnEmbeddedBackend({ kind: "with-operation-ids" });
    onTestFinished(backend.stop);
    const unasked = await doctor(["--fields"], backend.url);
    expect(unasked).toMatchObject({ code: 2, stderr: expect.stringContaining("Add --yes") as unknown });
    expect((await doctor([], backend.url)).stdout).not.toContain("what the functions take");
    expect((await doctor(["--fields", "--yes"], backend.url)).stdout).toContain(
      'what the functions take fits {"takesOperationIds":true,"fields":"all"}',
    );
  });

  test("reads a list from a file, and needs no deployment for it", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "doctor-spec-")), "spec.json");
    writeFileSync(file, await specOf(modulesOf("as-deployed")));
    expect((await doctor(["--function-spec", file], "")).stdout).toContain("what the functions take fits {} as");
    expect(await doctor(["--function-spec", `${file}.old`], "")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("npx convex function-spec > spec.json") as unknown,
    });
    expect(await doctor(["--fields", "--yes"], "")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--fields needs CONVEX_URL") as unknown,
    });
  });
});
