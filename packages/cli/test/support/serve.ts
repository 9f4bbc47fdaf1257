// Commands of the CLI as processes of their own, over a backend, routes and a provider that outlive them.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
const FLAGS = ["--conditions=@video-engine/source", MAIN];

/** Everything of one user on the backend. */
export interface Books {
  readonly credits: { readonly total: number; readonly reserved: number };
  readonly openSlots: number;
  readonly rows: readonly { readonly isLoading: boolean; readonly videos?: readonly string[] }[];
}

const booksQuery = makeFunctionReference<"query", Record<string, never>, Books>("extras:books");

/** Services that were started. */
export interface Served {
  /** Starts a command, called from this folder. */
  command(args: readonly string[], folder: string): ChildProcess;
  books(): Promise<Books>;
  stop(): Promise<void>;
}

/** Starts `video-engine serve`, whose user has a lot of credits and whose jobs take a second and a half. */
export async function serve(): Promise<Served> {
  const env = { ...process.env, CONVEX_URL: "", FAL_KEY: undefined, KIE_API_KEY: undefined, SANDBOX_JOB_MS: "1500" };
  const server = spawn(process.execPath, [...FLAGS, "serve", "--json", "--credits", "100000"], {
    env: { ...env, SERVE_UNTIL_STDIN_ENDS: "1" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [line] = (await once(server.stdout, "data")) as [Buffer];
  const settings = JSON.parse(line.toString()) as { CONVEX_URL: string; CONVEX_TOKEN: string; ROUTES_URL: string };
  return {
    command: (args, folder) =>
      spawn(process.execPath, [...FLAGS, ...args], {
        env: { ...process.env, ...settings, INIT_CWD: folder, SANDBOX_JOB_MS: "1500" },
        stdio: ["ignore", "pipe", "pipe"],
      }),
    books: () => new ConvexHttpClient(settings.CONVEX_URL, { auth: settings.CONVEX_TOKEN }).query(booksQuery, {}),
    async stop() {
      server.kill("SIGTERM");
      await once(server, "close");
    },
  };
}

/** What a command prints until it ends. */
export async function textOf(child: ChildProcess): Promise<string> {
  let text = "";
  child.stdout?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  await once(child, "close");
  return text;
}

/** Resolves once a command has said this on its way. */
export function untilSaid(child: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve) => {
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes(words)) resolve();
    });
  });
}
