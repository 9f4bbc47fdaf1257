// `video-engine serve` as a newcomer uses it: four lines to paste, what to do with them, and services that are good for longer than a break.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const DAY_S = 86_400;

test("serve prints what to paste, says so, and its token outlives a night", async () => {
  const env = { ...process.env, CONVEX_URL: "", FAL_KEY: "", KIE_API_KEY: "" };
  const child = spawn(process.execPath, ["--conditions=@video-engine/source", MAIN, "serve"], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said.stderr += chunk.toString()));
  while (!said.stderr.includes("Leave this running")) await once(child.stderr, "data");
  child.kill("SIGINT");
  expect(await once(child, "close")).toEqual([0, null]);

  expect(said.stdout).toMatch(
    /^export CONVEX_URL=.+\nexport CONVEX_TOKEN=.+\nexport ROUTES_URL=.+\nexport ROUTES_HONOUR_KEYS=1\n$/,
  );
  const [, payload = ""] = /CONVEX_TOKEN=[^.]+\.([^.]+)/.exec(said.stdout) ?? [];
  const { exp, iat } = JSON.parse(Buffer.from(payload, "base64url").toString()) as { exp: number; iat: number };
  expect(exp - iat).toBeGreaterThan(DAY_S);
});
