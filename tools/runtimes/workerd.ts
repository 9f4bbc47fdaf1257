// workerd, the runtime of Cloudflare Workers, by itself.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { bundlePrograms } from "./bundled.ts";
import type { RunContext, RunReport } from "./runtime.ts";

/** The first date on which a request may be woken by another one, as those are that wait for the same job. */
const COMPATIBILITY_DATE = "2024-10-14";

/** Runs both programs in it. */
export async function runOnWorkerd({ project, home, services }: RunContext): Promise<RunReport> {
  const bundle = await bundlePrograms(project, ["client", "server"], ["workerd", "worker"]);
  const run = `({ ...(await programs.runClient(${JSON.stringify(services)})), ...(await programs.runServer()) })`;
  writeFileSync(join(project, "worker.mjs"), `${bundle}\nexport default { fetch: async () => Response.json(${run}) };`);
  const port = await freePort();
  writeFileSync(join(project, "workerd.capnp"), configFor(port));
  const binary = join(home, "node_modules/@cloudflare/workerd-linux-64/bin/workerd");
  const process = spawn(binary, ["serve", "workerd.capnp"], { cwd: project, stdio: "inherit" });
  try {
    const shown: RunReport["shown"] = await (await answerFrom(`http://127.0.0.1:${port}/`)).json();
    return { version: await versionOf(binary), shown };
  } finally {
    process.kill();
  }
}

function configFor(port: number): string {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (modules = [(name = "worker.mjs", esModule = embed "worker.mjs")],
      compatibilityDate = "${COMPATIBILITY_DATE}", globalOutbound = "network")),
    (name = "network", network = (allow = ["private", "local", "public"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return address.port;
}

/** The first answer, once it listens. */
async function answerFrom(url: string): Promise<Response> {
  for (let attempt = 0; ; attempt += 1) {
    const response = await fetch(url).catch(() => undefined);
    if (response !== undefined) return response;
    if (attempt === 100) throw new Error("workerd did not begin to listen within ten seconds.");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function versionOf(binary: string): Promise<string> {
  const asked = spawn(binary, ["--version"], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  for await (const part of asked.stdout) text += String(part);
  return text.trim().replace(/^workerd /, "");
}
