// The command that runs a file of the app with its settings, as its modules are named and imported.
import { posix } from "node:path";
import type { PackageManager, Project } from "./look-at-folder.ts";

/** What runs a program of the app's packages. */
export const RUN_BY: Readonly<Record<PackageManager, string>> = {
  npm: "npx",
  pnpm: "pnpm exec",
  yarn: "yarn",
  bun: "bunx",
};

/** What is done before the files can be run. Undefined where they run as they are. */
export function buildCommand({ format, packageManager }: Project): string | undefined {
  return format.runner === "compiled" ? `${RUN_BY[packageManager]} tsc` : undefined;
}

/** Runs a file, named without its ending, with the settings of an environment file. */
export function runCommand({ format, packageManager }: Project, file: string, env: string): string {
  const { runner, ending, importEnding, output } = format;
  if (runner === "tsx") return `${RUN_BY[packageManager]} tsx --env-file=${env} ${file}${ending}`;
  if (runner === "node") return `node --env-file=${env} ${file}${ending}`;
  const place = output === undefined ? file : posix.join(output.to, posix.relative(output.from, file));
  return `node --env-file=${env} ${place}${importEnding}`;
}
