// Runs the built client entries where there is nothing but bare React Native 0.85: syntax, imports, whole generations, and controls
// that must fail. The last line is the sentinel; without it nothing was proven.
import { join } from "node:path";
import { bundle, type Target } from "./build/bundle.ts";
import { buildReactNativeGlobals } from "./build/react-native-globals.ts";
import { runOnDevice } from "./device.ts";
import { CLIENT_DIST, CLIENT_ENTRIES } from "./entries.ts";
import { CONTROLS } from "./scenarios/device.ts";
import type { ScenarioResult } from "./scenarios/run-all.ts";
import { findRefusedSyntax } from "./syntax-gate.ts";

const root = join(import.meta.dirname, "../../..");
const targets: readonly Target[] = ["import", "require"];
const device = [
  await bundle({ file: join(import.meta.dirname, "device/install-device.ts") }),
  await buildReactNativeGlobals(),
];
const problems: string[] = [];

const refused = findRefusedSyntax(root, CLIENT_DIST);
report("syntax", [
  { name: "nothing that Metro or Hermes refuses", problem: refused.length === 0 ? undefined : refused.join("; ") },
]);
await suite("the sandbox", 'import { DEVICE_SCENARIOS as table } from "../scenarios/device.ts";', "import");
for (const target of targets) {
  for (const entry of CLIENT_ENTRIES) await importEntry(entry, target);
  await suite("generations", 'import { GENERATION_SCENARIOS as table } from "../scenarios/generation.ts";', target);
  await suite("testing", 'import { TESTING_SCENARIOS as table } from "../scenarios/testing-entry.ts";', target);
}
await controls();

if (problems.length === 0) process.stdout.write("SENTINEL PASS\n");
else process.stderr.write(`${problems.length} failed:\n${problems.join("\n")}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;

async function suite(name: string, importTable: string, target: Target): Promise<void> {
  const text = `${importTable}\nimport { runAll } from "../scenarios/run-all.ts";\nvoid runAll(table);`;
  report(`${name} (${target})`, await run(text, target));
}

async function importEntry(entry: string, target: Target): Promise<void> {
  const check = 'if (Object.keys(entry).length === 0) throw new Error("it exports nothing");';
  const table = `{ async "it loads and exports something"() { ${check} } }`;
  const text = `import * as entry from "${entry}";\nimport { runAll } from "../scenarios/run-all.ts";\nvoid runAll(${table});`;
  report(`${entry} (${target})`, await run(text, target));
}

/** Each in its own device: one of them never ends. */
async function controls(): Promise<void> {
  for (const name of Object.keys(CONTROLS)) {
    const one = `const { ${JSON.stringify(name)}: run } = CONTROLS;\nvoid runAll({ control: run });`;
    const text = `import { CONTROLS } from "../scenarios/device.ts";\nimport { runAll } from "../scenarios/run-all.ts";\n${one}`;
    const results = await run(text, "import");
    const isNoticed = results.some(({ problem }) => problem !== undefined);
    report("controls", [{ name: `${name} is noticed`, problem: isNoticed ? undefined : "it passed" }]);
  }
}

/** Bundles and runs; whatever goes wrong is a failed scenario. */
async function run(text: string, target: Target): Promise<readonly ScenarioResult[]> {
  try {
    const results = await runOnDevice([...device, await bundle({ text }, target)]);
    return results.length === 0 ? [{ name: "all", problem: "there was nothing to run" }] : results;
  } catch (thrown) {
    return [{ name: "all", problem: thrown instanceof Error ? thrown.message : String(thrown) }];
  }
}

function report(suiteName: string, results: readonly ScenarioResult[]): void {
  for (const { name, problem } of results) {
    process.stdout.write(`${problem === undefined ? "ok    " : "FAILED"} ${suiteName}: ${name}\n`);
    if (problem !== undefined) problems.push(`${suiteName}: ${name}: ${problem}`);
  }
}
