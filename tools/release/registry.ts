// A registry of npm packages on this machine: ours are published to it, all others come through it from the one that npm is set to.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

/** A running registry. */
export interface LocalRegistry {
  readonly url: string;
  /** Makes a person's token known to npm commands that run in this folder. */
  readonly signIn: (folder: string) => void;
  readonly stop: () => Promise<void>;
}

/** One of its packages asks for a tag of node-fetch that not every mirror has. */
const MANIFEST = { private: true, dependencies: { verdaccio: "6.10.4" }, overrides: { "node-fetch": "2.7.0" } };

/** Installs it below a folder and starts it. */
export async function startRegistry(folder: string): Promise<LocalRegistry> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify(MANIFEST));
  const flags = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  execFileSync("npm", flags, { cwd: folder, stdio: "inherit" });
  const behind = execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8" }).trim();
  writeFileSync(join(folder, "config.yaml"), configFor(behind));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const command = [join(folder, "node_modules/verdaccio/bin/verdaccio"), "--config", "config.yaml", "--listen", url];
  const server = spawn(process.execPath, command, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  const ended = once(server, "exit");
  await untilItAnswers(url, ended);
  const token = await tokenOf(url);
  return {
    url,
    signIn: (inFolder) => {
      writeFileSync(join(inFolder, ".npmrc"), `registry=${url}/\n${url.replace("http:", "")}/:_authToken=${token}\n`);
    },
    stop: async () => {
      server.kill();
      await ended;
    },
  };
}

function configFor(behind: string): string {
  return `storage: ./storage
auth: { htpasswd: { file: ./htpasswd } }
uplinks: { behind: { url: "${behind}", timeout: 60s, maxage: 60m } }
packages:
  "@video-engine/*": { access: $all, publish: $authenticated }
  "**": { access: $all, proxy: behind }
log: { type: stdout, level: error }
`;
}

async function tokenOf(url: string): Promise<string> {
  const name = "rehearsal";
  const response = await fetch(`${url}/-/user/org.couchdb.user:${name}`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name, password: "a password for an hour" }),
  });
  const { token } = await response.json();
  if (typeof token !== "string") throw new Error(`The registry answered ${response.status} to a new user.`);
  return token;
}

async function untilItAnswers(url: string, ended: Promise<unknown>): Promise<void> {
  const failed = ended.then(() => {
    throw new Error("The registry ended before it answered.");
  });
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const isUp = await Promise.race([
      fetch(`${url}/-/ping`).then(
        ({ ok }) => ok,
        () => false,
      ),
      failed,
    ]);
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("The registry did not answer within a minute.");
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
