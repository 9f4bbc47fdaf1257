// Every entry as each kind of runtime finds it: bundled under its conditions, then loaded. All export there what they export in Node; only the server's
// entry throws its reason where an app would carry the providers' keys.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import type { Names } from "./load-entries.ts";

/** What a bundler for each says that it is. Those for workers and for Convex say that they are browsers, too. */
const RUNTIMES = [
  { name: "Node.js", conditions: ["node", "import"], isServer: true },
  { name: "Node.js by require", conditions: ["node", "require"], isServer: true },
  { name: "Bun", conditions: ["bun", "node", "import"], isServer: true },
  { name: "Deno", conditions: ["deno", "node", "import"], isServer: true },
  { name: "workerd", conditions: ["workerd", "worker", "browser", "import"], isServer: true },
  { name: "Next's edge", conditions: ["edge-light", "worker", "browser", "import"], isServer: true },
  { name: "Convex", conditions: ["convex", "module", "browser", "import"], isServer: true },
  { name: "a browser", conditions: ["browser", "import"], isServer: false },
  { name: "a browser's build for production", conditions: ["production", "browser", "import"], isServer: false },
  { name: "Metro", conditions: ["react-native", "import"], isServer: false },
  { name: "Jest for React Native", conditions: ["react-native", "require"], isServer: false },
] as const;

/** Entries for servers, which throw elsewhere: the second imports the first. */
const SERVERS_ONLY: ReadonlySet<string> = new Set(["@video-engine/video-sdk/server", "@video-engine/convex"]);
const REASON = "runs on servers only";

/** One sentence per problem. `folder` is a project with the packages and their peers; `names` what each entry exports in Node. */
export function findWrongEntryProblems(folder: string, names: Names): string[] {
  return RUNTIMES.flatMap(({ name, conditions, isServer }) => {
    const found = loadUnder(folder, Object.keys(names), conditions);
    const problems = Object.entries(names).flatMap(([entry, exported]) => {
      const isRefused = !isServer && SERVERS_ONLY.has(entry);
      const became = found[entry] ?? "not found";
      const isRight = isRefused ? became.includes(REASON) : became === exported.join(" ");
      return isRight ? [] : [`${entry} under the conditions of ${name} is ${became}`];
    });
    const refused = Object.values(found).filter((became) => became.includes(REASON)).length;
    process.stdout.write(
      `${name}: ${Object.keys(names).length - refused} entries, ${refused} refused with the reason\n`,
    );
    return problems;
  });
}

/** The sorted names of each entry, or what it throws. */
function loadUnder(folder: string, entries: readonly string[], conditions: readonly string[]): Record<string, string> {
  const by = conditions.includes("require") ? "require" : "import";
  const attempts = entries.map(
    (entry) => `.then(() => attempt(${JSON.stringify(entry)}, async () => ${by}(${JSON.stringify(entry)})))`,
  );
  const program = [PROGRAM, "Promise.resolve()", ...attempts, ".then(() => console.log(JSON.stringify(found)));"];
  writeFileSync(join(folder, "entries.mjs"), program.join("\n"));
  buildSync({
    absWorkingDir: folder,
    entryPoints: ["entries.mjs"],
    outfile: join(folder, "entries.out.cjs"),
    bundle: true,
    platform: conditions.includes("node") ? "node" : "neutral",
    format: "cjs",
    mainFields: ["module", "main"],
    conditions: conditions.filter((condition) => condition !== by),
    external: ["node:*", "@fal-ai/client", "aws4fetch", "convex-test", "vite"],
    logLevel: "error",
  });
  const { stdout, stderr } = spawnSync(process.execPath, ["entries.out.cjs"], { cwd: folder, encoding: "utf8" });
  if (stdout === "") throw new Error(`The entries under ${conditions.join(", ")} could not be loaded: ${stderr}`);
  return JSON.parse(stdout) as Record<string, string>; // what the program prints
}

const PROGRAM = `const found = {};
async function attempt(entry, load) {
  try {
    const names = Object.keys(await load()).filter((name) => name !== "__esModule" && name !== "module.exports");
    found[entry] = names.sort().join(" ");
  } catch (error) {
    found[entry] = String(error);
  }
}`;
