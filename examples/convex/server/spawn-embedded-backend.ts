// Starts server/main.ts as a child process and stops it again. The child watches its stdin, so it ends with this process
// however this one ends.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { EmbeddedBackendOptions } from "./embedded-backend.ts";
import { tokenFor, type TokenUser } from "./tokens.ts";

/** A Convex backend to talk to, wherever it runs. */
export interface Backend {
  /** The deployment URL to give a Convex client. */
  readonly url: string;
  /** A token that signs this user in. */
  tokenFor(user: TokenUser): string;
  /** Resolves when the process of a backend that was started here has ended, however. Never for another one. */
  readonly ended: Promise<void>;
  /** Ends the backend if it was started here. Safe to call twice. */
  stop(): Promise<void>;
}

const MAIN = join(import.meta.dirname, "main.ts");

/**
 * A terminal sends its Ctrl-C, and its end, to every process in the foreground, and a child would get it before it can listen to signals.
 * On Windows a process apart would open a window; there the child ignores what it is sent once it runs.
 */
const IS_OUT_OF_REACH = process.platform !== "win32";

/** How to start it. */
interface SpawnOptions extends Pick<EmbeddedBackendOptions, "port" | "kind" | "isProduction" | "withComponents"> {
  /** The program to run, for a bundle, which has it elsewhere. Default: `main.ts` beside this file. */
  readonly program?: string | undefined;
  /** Variables of its environment, beside those of this process. */
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** Starts the embedded backend in its own process. `port` 0, the default, takes a free one. */
export async function spawnEmbeddedBackend(options: SpawnOptions = {}): Promise<Backend> {
  const { port = 0, kind = "as-planned", isProduction = false, withComponents = false, program = MAIN, env } = options;
  const flags = [
    "--until-stdin-ends",
    "--port",
    String(port),
    "--kind",
    kind,
    ...(isProduction ? ["--production"] : []),
    ...(withComponents ? ["--components"] : []),
  ];
  const args = ["--conditions=@video-engine/source", program, ...flags];
  const child = spawn(process.execPath, args, {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, ...env },
    detached: IS_OUT_OF_REACH,
  });
  const exited = once(child, "exit");
  const url = await readUrl(child.stdout, exited);
  unref(child);
  return {
    url,
    tokenFor,
    ended: exited.then(() => undefined),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      child.ref();
      await exited;
    },
  };
}

async function readUrl(stdout: Readable, exited: Promise<unknown[]>): Promise<string> {
  const firstLine = once(createInterface(stdout), "line");
  const failed = exited.then(([code, signal]) => {
    throw new Error(`The embedded backend ended with code ${String(code ?? signal)} before it listened.`);
  });
  const [line] = await Promise.race([firstLine, failed]);
  const ready: unknown = JSON.parse(String(line));
  if (typeof ready === "object" && ready !== null && "url" in ready && typeof ready.url === "string") return ready.url;
  throw new Error(`The embedded backend printed "${String(line)}" where its URL was expected.`);
}

/** Lets this process end while the child still runs: its stdin then ends, and the child with it. */
function unref(child: ChildProcess): void {
  child.unref();
  for (const stream of [child.stdin, child.stdout]) {
    if (stream instanceof Socket) stream.unref();
  }
}
