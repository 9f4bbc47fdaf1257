// Next's edge sandbox: web standards only, and no code from strings.
import { readFileSync } from "node:fs";
import { EdgeVM } from "@edge-runtime/vm";
import { bundlePrograms } from "./bundled.ts";
import type { RunContext, RunReport } from "./runtime.ts";

/** Runs both programs in it. */
export async function runOnEdge({ project, services }: RunContext): Promise<RunReport> {
  const sandbox = new EdgeVM();
  sandbox.evaluate(await bundlePrograms(project, ["client", "server"], ["edge-light"]));
  const run = `Promise.all([programs.runClient(${JSON.stringify(services)}), programs.runServer()]).then((shown) => JSON.stringify(Object.assign({}, ...shown)))`;
  const { version } = JSON.parse(readFileSync("node_modules/@edge-runtime/vm/package.json", "utf8"));
  return { version, shown: JSON.parse(await sandbox.evaluate<Promise<string>>(run)) };
}
