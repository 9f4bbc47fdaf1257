// `npm run next`: the app without a key or an account. Starts a Convex backend, the providers' sandbox and the demo's sign-in, and this app over
// them, says where the page is, and ends it all on Ctrl-C.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startServices } from "@video-engine/example-web-grid/services";

const HELP = `npm run next -- [flags]

  --port <n>      the app's port (default: 3000)
  --job-ms <n>    how long the sandbox takes for a video (default: 12000)`;

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "3000" },
    "job-ms": { type: "string", default: "12000" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) console.log(HELP);
else await run(wholeNumber("port"));

async function run(port: number): Promise<void> {
  buildPackages();
  const services = await startServices({ credits: 1_000, subscriptionPlan: "pro", jobMs: wholeNumber("job-ms") });
  const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
  const args = [next, "dev", "-H", "127.0.0.1", "-p", String(port)];
  const env = { ...process.env, DEMO_URL: services.apiUrl };
  const app = spawn(process.execPath, args, {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    env,
    stdio: "inherit",
  });
  const ended = once(app, "close");
  // A terminal sends its Ctrl-C to Next, too; another program sends its signal to this process alone.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => app.kill(signal));
  console.log(`The videos page is at http://127.0.0.1:${port}/videos  (Ctrl-C ends it)`);
  const [code] = await ended;
  await services.close();
  process.exitCode = typeof code === "number" ? code : 0;
}

/** The app uses the packages as published. */
function buildPackages(): void {
  const root = fileURLToPath(new URL("../../../", import.meta.url));
  if (existsSync(`${root}packages/video-sdk/dist/index.js`)) return;
  console.log("building the packages, once ...");
  const { status } = spawnSync("npm", ["run", "-s", "build"], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error("The packages could not be built. See above.");
}

function wholeNumber(name: "port" | "job-ms"): number {
  const text = values[name];
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} takes a whole number. It was "${text}".`);
  return Number(text);
}
