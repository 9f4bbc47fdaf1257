// Hermes, the engine of React Native: its command line has neither a network nor the globals of React Native, so the scenarios of `npm run rn` run in it
// with their simulated device. Compiled as Metro compiles for an engine without classes, as this version, the last that npm has for a computer, is.
import { execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { bundle } from "../react-native-sandbox/src/build/bundle.ts";
import { buildReactNativeGlobals } from "../react-native-sandbox/src/build/react-native-globals.ts";
import type { ScenarioResult } from "../react-native-sandbox/src/scenarios/run-all.ts";
import type { RunContext, RunReport } from "./runtime.ts";

/** What brings it, and the compiler. */
export const HERMES_PACKAGES = {
  "hermes-engine-cli": "0.12.0",
  "@babel/core": "7.29.13",
  "@react-native/babel-preset": "0.85.3",
};

const SANDBOX = "tools/react-native-sandbox/src";
/** The engine's own timers: the device puts simulated ones in their place. */
const BEFORE = "globalThis.engineTimeout = setTimeout;";
const SCENARIOS = `import { GENERATION_SCENARIOS } from "../scenarios/generation.ts";
import { TESTING_SCENARIOS } from "../scenarios/testing-entry.ts";
import { runAll } from "../scenarios/run-all.ts";
void runAll({ ...GENERATION_SCENARIOS, ...TESTING_SCENARIOS });`;
/** One simulated timer per turn of the engine, so that every promise settles before time goes on. */
const AFTER = `(function turn() {
  engineTimeout(function () {
    if (sandbox.report !== undefined) print(sandbox.report);
    else if (sandbox.runNextTimer()) turn();
    else print('[{"name":"all","problem":"it never ended"}]');
  }, 0);
})();`;

/** Runs the generations of the sandbox in it. */
export async function runInHermes({ project, home }: RunContext): Promise<RunReport> {
  const scripts = [
    BEFORE,
    await bundle({ file: join(SANDBOX, "device/install-device.ts") }),
    await buildReactNativeGlobals(),
    await bundle({ text: SCENARIOS }, "import", project),
    AFTER,
  ];
  const program = join(project, "hermes.js");
  writeFileSync(program, scripts.map(compilerOf(home)).join("\n;\n"));
  const hermes = join(home, "node_modules/hermes-engine-cli/linux64-bin/hermes");
  chmodSync(hermes, 0o755);
  const results: ScenarioResult[] = JSON.parse(execFileSync(hermes, ["-w", program], { encoding: "utf8" }));
  const failed = results.flatMap(({ name, problem }) => (problem === undefined ? [] : [`${name}: ${problem}`]));
  const became = failed.length === 0 && results.length > 0 ? "all as expected" : failed.join("; ");
  return { version: HERMES_PACKAGES["hermes-engine-cli"], shown: { "the generations of `npm run rn`": became } };
}

/** The preset of React Native in its strictest profile. */
function compilerOf(home: string): (script: string) => string {
  const require = createRequire(join(home, "package.json"));
  const { transformSync } = require("@babel/core");
  const presets = [[require.resolve("@react-native/babel-preset"), { enableBabelRuntime: false }]];
  const options = { presets, babelrc: false, configFile: false, compact: true, sourceType: "script" };
  return (script) => transformSync(script, options).code;
}
