// Bundles the app for Android, iOS and a browser without a network, and checks what came out: Hermes bytecode, the SDK as an app installs it, one
// React; then drives the one for the browser.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { problemsOfSources } from "./problems-of-sources.ts";

const PLATFORMS = ["android", "ios"] as const;
const OFFLINE = { CI: "1", EXPO_OFFLINE: "1", EXPO_NO_TELEMETRY: "1" };
/** The eight bytes that every Hermes bytecode file begins with; its version, four more, follows. */
const HERMES_MAGIC = Buffer.from("c61fbc03c103191f", "hex");

const output = mkdtempSync(join(tmpdir(), "expo-bundle-"));
try {
  const start = performance.now();
  const isBundled = bundle();
  const problems = isBundled ? PLATFORMS.flatMap(problemsOf) : ["The bundle could not be made."];
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  const seconds = ((performance.now() - start) / 1_000).toFixed(1);
  process.stdout.write(`bundles in ${seconds} s, ${problems.length} problems\n`);
  process.exitCode = problems.length === 0 && isDriven(output) ? 0 : 1;
} finally {
  rmSync(output, { recursive: true, force: true });
}

/** With source maps, because they name every module that is in a bundle. */
function bundle(): boolean {
  return run(["run", "-s", "bundle", "--", "--source-maps", "--output-dir", output], OFFLINE, "ignore");
}

/** The tests of `browser/`, on the bundle that is there. */
function isDriven(folder: string): boolean {
  return run(["run", "-s", "test-browser"], { EXPO_WEB_BUNDLE: folder }, "inherit");
}

function run(args: readonly string[], env: Readonly<Record<string, string>>, stdout: "ignore" | "inherit"): boolean {
  const { status } = spawnSync("npm", args, {
    cwd: join(import.meta.dirname, ".."),
    env: { ...process.env, ...env },
    stdio: ["ignore", stdout, "inherit"],
    shell: process.platform === "win32",
  });
  return status === 0;
}

function problemsOf(platform: (typeof PLATFORMS)[number]): readonly string[] {
  const folder = join(output, "_expo", "static", "js", platform);
  const names = readdirSync(folder);
  const [name] = names.filter((file) => file.endsWith(".hbc"));
  const [map] = names.filter((file) => file.endsWith(".map"));
  if (name === undefined || map === undefined)
    return [`${platform}: no bytecode or no source map in ${names.join(", ")}.`];
  const bytecode = readFileSync(join(folder, name));
  const { sources } = JSON.parse(readFileSync(join(folder, map), "utf8")) as { readonly sources: readonly string[] }; // the format of source maps
  const sizes = `${kilobytes(bytecode.length)} kB, ${kilobytes(gzipSync(bytecode).length)} kB gzipped`;
  process.stdout.write(
    `${platform}: ${sizes}, ${sources.length} modules, Hermes bytecode ${bytecode.readUInt32LE(8)}\n`,
  );
  const isHermes = bytecode.subarray(0, HERMES_MAGIC.length).equals(HERMES_MAGIC);
  return [...(isHermes ? [] : [`${name} is no Hermes bytecode.`]), ...problemsOfSources(sources)].map(
    (problem) => `${platform}: ${problem}`,
  );
}

function kilobytes(bytes: number): string {
  return (bytes / 1_000).toFixed(0);
}
