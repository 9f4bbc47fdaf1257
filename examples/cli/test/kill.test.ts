// kill -9 of a real generation at twenty points, then `resume`: against an embedded backend, routes and a provider that live on.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const CREDITS = 100_000;
const PRICE = 208;

interface Books {
  readonly credits: { readonly total: number; readonly reserved: number };
  readonly openSlots: number;
  readonly rows: readonly { readonly isLoading: boolean; readonly videos?: readonly string[] }[];
}

const booksQuery = makeFunctionReference<"query", Record<string, never>, Books>("extras:books");
let server: ChildProcess;
let settings: { CONVEX_URL: string; CONVEX_TOKEN: string; ROUTES_URL: string };

function command(args: readonly string[], folder: string): ChildProcess {
  const env = { ...process.env, ...settings, INIT_CWD: folder, SANDBOX_JOB_MS: "1500" };
  return spawn(process.execPath, ["--conditions=@video-engine/source", MAIN, ...args], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function textOf(child: ChildProcess): Promise<string> {
  let text = "";
  child.stdout?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  await once(child, "close");
  return text;
}

/** Runs a generation and kills it as soon as it says that it is in this phase, and `delayMs` later. */
async function killAt(phase: string, { delayMs, folder }: { delayMs: number; folder: string }): Promise<void> {
  const child = command(["generate", "a corgi surfing", "--keyed", "--model", "vid-veo-3.1-fast"], folder);
  let said = "";
  let isDue = false;
  child.stderr?.on("data", (chunk: Buffer) => {
    said += chunk.toString();
    if (isDue || !said.includes(phase)) return;
    isDue = true;
    setTimeout(() => child.kill("SIGKILL"), delayMs);
  });
  await once(child, "close");
}

async function books(): Promise<Books> {
  return new ConvexHttpClient(settings.CONVEX_URL, { auth: settings.CONVEX_TOKEN }).query(booksQuery, {});
}

beforeAll(async () => {
  const env = {
    ...process.env,
    CONVEX_URL: "",
    FAL_KEY: undefined,
    KIE_API_KEY: undefined,
    SANDBOX_JOB_MS: "1500",
    SERVE_UNTIL_STDIN_ENDS: "1",
  };
  const args = ["--conditions=@video-engine/source", MAIN, "serve", "--json", "--credits", String(CREDITS)];
  server = spawn(process.execPath, args, { env, stdio: ["pipe", "pipe", "inherit"] });
  const [line] = (await once(server.stdout ?? server, "data")) as [Buffer];
  settings = JSON.parse(line.toString()) as typeof settings;
});

afterAll(async () => {
  server.kill("SIGTERM");
  await once(server, "close");
});

const POINTS: readonly (readonly [string, number])[] = [
  ...(
    [
      "credits before",
      "acquiring-slot",
      "reserving-credits",
      "creating-session",
      "recording",
      "submitting",
      "polling",
      "saving",
    ] as const
  ).map((phase) => [phase, 0] as const),
  ...[2, 5, 10, 15, 20, 30, 50].map((delayMs) => ["credits before", delayMs] as const),
  ...[100, 500, 1_000, 1_500, 2_000].map((delayMs) => ["polling", delayMs] as const),
];

describe("kill -9 of a generation, then resume: the video is there, the credits are right, the slot is closed", () => {
  test("there are twenty points", () => {
    expect(POINTS).toHaveLength(20);
  });

  test.each(POINTS)("killed at %s and %i ms", async (phase, delayMs) => {
    const folder = mkdtempSync(join(tmpdir(), "video-engine-kill-"));
    const before = await books();
    await killAt(phase, { delayMs, folder });
    const hasBegun =
      existsSync(join(folder, ".video-engine")) &&
      readdirSync(join(folder, ".video-engine")).some((name) => name.endsWith(".json"));
    await textOf(command(["resume", "--keyed", "--json"], folder));
    const after = await books();

    // Killed before the first record was stored, there never was a generation; from then on there is a video.
    const rows = after.rows.length - before.rows.length;
    expect(rows).toBe(hasBegun ? 1 : rows);
    expect(after).toMatchObject({ openSlots: 0, credits: { reserved: 0, total: before.credits.total - rows * PRICE } });
    expect(after.rows.map(({ isLoading, videos }) => ({ isLoading, count: videos?.length }))).toEqual(
      after.rows.map(() => ({ isLoading: false, count: 1 })),
    );
  });
});
