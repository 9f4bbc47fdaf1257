// Runs a module in a fresh process and reads the JSON on its last line.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What the module printed. Undefined where it failed, or took more than a quarter of an hour. */
export function inChild<T>(module: string, args: readonly string[]): T | undefined {
  const path = fileURLToPath(new URL(module, import.meta.url));
  const flags = ["--expose-gc", "--conditions=@video-engine/source", path];
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, ...args], { encoding: "utf8", timeout: 900_000 });
  try {
    return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as T; // printed by the module for this
  } catch {
    process.stderr.write(`${module} ${args.join(" ")}: ${stderr.slice(0, 600)}\n`);
    return undefined;
  }
}
