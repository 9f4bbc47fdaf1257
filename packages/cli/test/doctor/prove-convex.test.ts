// The check of a deployment as its owner runs it, against an embedded one.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { spawnEmbeddedBackend } from "@video-engine/example-convex";
import { api } from "@video-engine/example-convex/api";
import { ConvexHttpClient } from "convex/browser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

let backend: Awaited<ReturnType<typeof spawnEmbeddedBackend>>;
let token: string;
let client: ConvexHttpClient;

beforeAll(async () => {
  backend = await spawnEmbeddedBackend({ kind: "as-deployed", isProduction: true });
  token = backend.tokenFor({ subject: "owner" });
  client = new ConvexHttpClient(backend.url, { auth: token, logger: false });
  await client.mutation(api.extras.seedUser, { credits: 5 });
});
afterAll(async () => await backend.stop());

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function doctor(args: readonly string[], env: NodeJS.ProcessEnv = { CONVEX_TOKEN: token }): Promise<Ended> {
  return new Promise((resolve) => {
    const command = ["--conditions=@video-engine/source", MAIN, "doctor", ...args];
    const all = { ...process.env, CONVEX_TOKEN: undefined, ...env };
    const child = execFile(process.execPath, command, { env: all }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

const balance = () => client.query(api.users.getUserCreditsBreakdown, {});

describe("doctor", () => {
  test("says what it saw and that the promise holds, and leaves the credits as they were", async () => {
    const { code, stdout } = await doctor(["--convex", backend.url, "--yes"]);
    expect(code).toBe(0);
    expect(stdout).toContain("Reserved after both: 1, so 1 more.");
    expect(stdout).toContain("Proven:");
    expect(await balance()).toEqual({ total: 5, reserved: 0, available: 5 });
  });

  test("--json is one document", async () => {
    const { code, stdout } = await doctor(["--convex", backend.url, "--yes", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ isProven: true, left: 0 });
  });

  test.each([
    ["without consent", [], {}, "--yes"],
    ["without a token", ["--yes"], { CONVEX_TOKEN: "" }, "CONVEX_TOKEN is not set"],
  ])("%s nothing is called", async (_, flags, env, told) => {
    const { code, stderr } = await doctor(["--convex", backend.url, ...flags], { CONVEX_TOKEN: token, ...env });
    expect([code, stderr]).toEqual([2, expect.stringContaining(told)]);
    expect(await balance()).toMatchObject({ reserved: 0 });
  });

  test("an address that is none is refused", async () => {
    const { code, stderr } = await doctor(["--convex", "happy-otter-123", "--yes"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("https://happy-otter-123.convex.cloud")]);
  });
});
