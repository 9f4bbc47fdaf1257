// The embedded backend as a child process: it answers, it stops when told, and it does not outlive its parent.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { ConvexHttpClient } from "convex/browser";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { api } from "../convex/_generated/api.js";
import { connectBackend, spawnEmbeddedBackend } from "../server/index.ts";
import { openConvexClient, valueThat } from "./support/backend.ts";

afterEach(() => vi.unstubAllEnvs());

/** Resolves when the server behind `url` is gone. */
async function watchForEnd(url: string): Promise<{ ended: Promise<unknown> }> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1").on("error", () => {});
  await once(socket, "connect");
  return { ended: once(socket, "close") };
}

test("serves both protocols from its own process, and stops when told, once or twice", async () => {
  vi.stubEnv("ALLOW_EXTRAS", undefined);
  const backend = await spawnEmbeddedBackend();
  onTestFinished(() => backend.stop());
  const http = new ConvexHttpClient(backend.url, { auth: backend.tokenFor({ subject: "alice" }) });
  await http.mutation(api.extras.seedUser, { credits: 10 });
  const balance = { query: api.users.getUserCreditsBreakdown, args: {} };
  expect(await valueThat(openConvexClient(backend, "alice"), balance, () => true)).toMatchObject({ total: 10 });
  await backend.stop();
  await backend.stop();
  await expect(http.query(api.users.getUserCreditsBreakdown, {})).rejects.toThrow(/fetch failed/);
});

test("ends with its parent, however that ends", async () => {
  const spawner = fileURLToPath(new URL("../server/spawn-embedded-backend.ts", import.meta.url));
  const script = `
    const { spawnEmbeddedBackend } = await import(${JSON.stringify(spawner)});
    const { url } = await spawnEmbeddedBackend();
    console.log(url);
    process.stdin.resume();`;
  const parent = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  const [url] = await once(createInterface(parent.stdout), "line");
  const { ended } = await watchForEnd(String(url));
  parent.kill("SIGKILL");
  expect(await ended).toEqual([expect.any(Boolean)]);
});

test("does not keep a parent alive that has nothing left to do", async () => {
  const spawner = fileURLToPath(new URL("../server/spawn-embedded-backend.ts", import.meta.url));
  const script = `
    const { spawnEmbeddedBackend } = await import(${JSON.stringify(spawner)});
    await spawnEmbeddedBackend();`;
  const parent = spawn(process.execPath, ["--input-type=module", "--eval", script], { stdio: "ignore" });
  onTestFinished(() => void parent.kill());
  expect(await once(parent, "exit")).toEqual([0, null]);
});

test.skipIf(process.platform === "win32")(
  "a Ctrl-C of its parent's terminal does not reach it, however early",
  async () => {
    const spawner = fileURLToPath(new URL("../server/spawn-embedded-backend.ts", import.meta.url));
    const script = `
    process.on("SIGINT", () => {});
    const { spawnEmbeddedBackend } = await import(${JSON.stringify(spawner)});
    const starting = spawnEmbeddedBackend();
    process.kill(-process.pid, "SIGINT");
    console.log((await starting).url);`;
    const parent = spawn(process.execPath, ["--input-type=module", "--eval", script], {
      stdio: ["ignore", "pipe", "inherit"],
      detached: true, // a group of its own, as in a terminal
    });
    const [url] = await once(createInterface(parent.stdout), "line");
    expect(String(url)).toMatch(/^http:/);
  },
);

test("says nothing and ends where its parent has ended before it listened", async () => {
  const main = fileURLToPath(new URL("../server/main.ts", import.meta.url));
  const args = ["--conditions=@video-engine/source", main, "--until-stdin-ends"];
  const backend = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "pipe"] });
  backend.stdout.destroy();
  let said = "";
  backend.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  expect([await once(backend, "close"), said]).toEqual([[0, null], ""]);
});

test("a port that is taken is an error that says so, not a wait", async () => {
  const first = await spawnEmbeddedBackend();
  onTestFinished(() => first.stop());
  const port = Number(new URL(first.url).port);
  await expect(spawnEmbeddedBackend({ port })).rejects.toThrow(/before it listened/);
});

test("with a deployment's URL nothing is started, and its tokens are its own", async () => {
  const url = "https://happy-otter-123.convex.cloud";
  const withToken = await connectBackend({ url, token: "from-the-auth-provider" });
  expect([withToken.url, withToken.tokenFor({ subject: "alice" })]).toEqual([url, "from-the-auth-provider"]);
  const without = await connectBackend({ url });
  expect(() => without.tokenFor({ subject: "alice" })).toThrow(/CONVEX_TOKEN/);
});

test("without a URL an embedded backend is started", async () => {
  const backend = await connectBackend({});
  onTestFinished(() => backend.stop());
  expect(backend.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});
