// Walks the first minutes of an app of each kind from packed tarballs, in a fresh folder: the framework's own starter, `init`, the install
// lines that it prints, Convex's code generation, and the types. Needs a package registry and minutes: run by hand, `npm run walk-init`.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const ROOT = join(import.meta.dirname, "../../..");
const CLI = "@video-engine/cli";

/** The starters, as the frameworks publish them. A plain Node app has none, nor has one that compiles what it runs. */
const STARTERS: Readonly<Record<string, readonly string[]>> = {
  next: ["create-next-app@16", "app", "--yes", "--skip-install", "--disable-git"],
  vite: ["create-vite@9", "app", "--template", "react-ts", "--no-interactive"],
  expo: ["create-expo-app@5", "app", "--template", "expo-template-blank-typescript@57.0.28", "--no-install"],
  node: [],
  typescript: [],
};

/** Beside the types: that the framework's own build takes the files, or that the server starts. */
const STARTED: Readonly<Record<string, (app: string) => Promise<void>>> = {
  next: (app) => Promise.resolve(run(app, ["npx", "next", "build"])),
  vite: (app) => listens(app, "server/main.ts"),
  expo: () => Promise.resolve(),
  node: (app) => listens(app, "server/main.ts"),
  typescript: async (app) => {
    run(app, ["npx", "tsc"]);
    await listens(app, "server/main.mjs");
  },
};

const LAYOUT = `import type { ReactNode } from "react";
export default function Layout({ children }: { children: ReactNode }) {
  return <html lang="en"><body>{children}</body></html>;
}
`;

const wanted = process.argv.slice(2);
const temporary = mkdtempSync(join(tmpdir(), "video-engine-walk-"));
try {
  const tarballs = packAll();
  for (const kind of Object.keys(STARTERS)) {
    if (wanted.length > 0 && !wanted.includes(kind)) continue;
    await walk(kind, tarballs);
    process.stdout.write(`${kind}: passed\n`);
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

function packAll(): readonly string[] {
  const into = join(temporary, "tarballs");
  mkdirSync(into);
  for (const name of ["video-models", "video-sdk", "cli"])
    run(join(ROOT, "packages", name), [
      "npm",
      "pack",
      "--loglevel=error",
      "--ignore-scripts",
      "--pack-destination",
      into,
    ]);
  return readdirSync(into).map((file) => join(into, file));
}

async function walk(kind: string, tarballs: readonly string[]): Promise<void> {
  const home = join(temporary, kind);
  mkdirSync(home);
  const app = join(home, "app");
  startApp(kind, home, app);
  run(app, ["npm", "install", "--no-audit", "--no-fund", "--save-dev", ...tarballs]);
  const main = join(app, "node_modules", CLI, "dist/main.js");
  const { steps } = JSON.parse(
    execFileSync(process.execPath, [main, "init", "--json"], { cwd: app, encoding: "utf8" }),
  ) as {
    steps: readonly string[];
  };
  for (const command of installCommands(steps)) run(app, command.split(" "));
  changeCompiler(app, steps);
  // Works without a deployment: `convex dev` does the same.
  run(app, ["npx", "convex", "codegen", "--system-udfs", "--typecheck", "disable"]);
  // First, because Next generates types of its own.
  await STARTED[kind]?.(app);
  for (const flags of typeConfigs(kind, app)) run(app, ["npx", "tsc", ...flags]);
}

function startApp(kind: string, home: string, app: string): void {
  const starter = STARTERS[kind] ?? [];
  if (starter.length > 0) run(home, ["npx", "--yes", ...starter]);
  // Its own fetches fonts when it is built.
  if (kind === "next") writeFileSync(join(app, "app/layout.tsx"), LAYOUT);
  if (starter.length > 0) return;
  mkdirSync(app);
  run(app, ["npm", "init", "-y"]);
  if (kind === "typescript") {
    run(app, ["npm", "install", "--no-audit", "--no-fund", "--save-dev", "typescript@7"]);
    run(app, ["npx", "tsc", "--init"]);
    return;
  }
  run(app, ["npm", "pkg", "set", "type=module"]);
  run(app, ["npm", "install", "--no-audit", "--no-fund", "--save-dev", "typescript@5.9", "@types/node@24"]);
}

/** What the step for tsconfig.json says, put where a person puts it: the members of one object into another. */
function changeCompiler(app: string, steps: readonly string[]): void {
  const step = steps.find((text) => text.startsWith("Add to what tsconfig.json has:"));
  if (step === undefined) return;
  const file = join(app, "tsconfig.json");
  let config = readFileSync(file, "utf8");
  if (step.includes('"types"')) config = config.replace(/"types": \[\]/, '"types": ["node"]');
  if (step.includes('"exclude"')) config = config.replace("{", '{ "exclude": ["convex"],');
  if (step.includes('"references"'))
    config = config.replace(/"references": \[/, '"references": [{ "path": "./server" },');
  writeFileSync(file, config);
}

/** The lines of the step "Install:", without what came from the tarballs. */
function installCommands(steps: readonly string[]): readonly string[] {
  const lines =
    steps
      .find((step) => step.startsWith("Install:"))
      ?.split("\n")
      .slice(1) ?? [];
  const isOurs = (line: string): boolean => /^(npm install|npx expo install)( --save-dev)?( \S+)+$/.test(line);
  return lines.map((line) => line.trim()).filter(isOurs);
}

/** The app's own configuration, and one for what it leaves out, with strict settings. */
function typeConfigs(kind: string, app: string): readonly (readonly string[])[] {
  // `tsc -b` follows its references, to the server's, too. The other one has compiled already.
  const own = kind === "vite" ? ["-b"] : ["--noEmit"];
  if (kind === "typescript") return [own];
  const config = "tsconfig.walk.json";
  const types = kind === "vite" ? ["node", "vite/client"] : kind === "expo" ? [] : ["node"];
  const compilerOptions = {
    ...{ strict: true, noEmit: true, skipLibCheck: true, target: "es2022", module: "preserve", types },
    ...{ moduleResolution: "bundler", jsx: "react-jsx", lib: ["es2023", "dom", "dom.iterable"] },
    ...{ allowImportingTsExtensions: true, verbatimModuleSyntax: true, noUncheckedIndexedAccess: true },
  };
  const include = ["server", "convex", "src", "lib", "*.ts"];
  writeFileSync(join(app, config), JSON.stringify({ compilerOptions, include }));
  const strict = ["--noEmit", "-p", config];
  return existsSync(join(app, "tsconfig.json")) ? [own, strict] : [strict];
}

/** The server answers, and says that it is not set up. */
async function listens(app: string, main: string): Promise<void> {
  const server = spawn(process.execPath, [main], {
    cwd: app,
    env: { ...process.env, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const ended = once(server, "close").then(() => ["it ended"]);
    const [line] = await Promise.race([once(server.stdout, "data"), ended]);
    const url = /http:\S+/.exec(String(line))?.[0];
    const { status } = await fetch(`${url}/api/mobile/health`);
    if (status !== 503) throw new Error(`Without settings, health answered ${status} in place of 503.`);
  } finally {
    if (server.exitCode === null) {
      server.kill();
      await once(server, "close");
    }
  }
}

function run(cwd: string, [file = "", ...args]: readonly string[]): void {
  process.stdout.write(`${cwd.slice(dirname(temporary).length)}$ ${file} ${args.join(" ").slice(0, 120)}\n`);
  const env = { ...process.env, CI: "1", NEXT_TELEMETRY_DISABLED: "1", EXPO_NO_TELEMETRY: "1" };
  try {
    execFileSync(file, args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string }; // what execFileSync throws
    process.stderr.write(`${stdout}\n${stderr}\n`);
    throw error;
  }
}
