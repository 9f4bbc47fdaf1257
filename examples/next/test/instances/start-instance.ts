// An instance of the app as a process that can be killed and started again on the same port.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

/** How an instance is run: the route files by Node itself, or all of the app as `next build` has left it. */
export type InstanceKind = "node" | "next";

/** A running instance. */
export interface Instance {
  readonly url: string;
  /** What it has printed. */
  readonly log: () => string;
  /** Sends the signal and waits for the end of the process. */
  readonly end: (signal: "SIGKILL" | "SIGTERM") => Promise<void>;
  /** Starts it again, if it has ended. */
  readonly restart: () => Promise<void>;
}

type Environment = Readonly<Record<string, string>>;

const APP = fileURLToPath(new URL("../../", import.meta.url));
const MAIN = fileURLToPath(new URL("instance-main.ts", import.meta.url));
const NEXT = createRequire(import.meta.url).resolve("next/dist/bin/next");

/** Starts it with these settings and nothing of this process's own but its PATH. Resolves once it answers. */
export async function startInstance(kind: InstanceKind, settings: Environment): Promise<Instance> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let text = "";
  const start = async (): Promise<ChildProcess> => {
    const args =
      kind === "next"
        ? [NEXT, "start", "-H", "127.0.0.1", "-p", String(port)]
        : ["--conditions=@video-engine/source", MAIN];
    const env = { PATH: process.env["PATH"] ?? "", NODE_ENV: "production" as const, PORT: String(port), ...settings };
    const child = spawn(process.execPath, args, { cwd: APP, env, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
    await untilItAnswers(url, child, () => text);
    return child;
  };
  let child = await start();
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    url,
    log: () => text,
    end: async (signal) => {
      if (isOver()) return;
      const ended = once(child, "exit");
      child.kill(signal);
      await ended;
    },
    restart: async () => {
      if (isOver()) child = await start();
    },
  };
}

async function untilItAnswers(url: string, child: ChildProcess, log: () => string): Promise<void> {
  while (child.exitCode === null) {
    const isUp = await fetch(`${url}/api/mobile/models`).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => void setTimeout(resolve, 50));
  }
  throw new Error(`The instance has ended before it answered:\n${log()}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("No port was given.");
  return address.port;
}
