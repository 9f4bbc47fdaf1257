// Jest in React Native's own preset: the tests of an app, which get the packages by `require`.
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import type { RunContext, RunReport } from "./runtime.ts";

const TEST = `import { writeFileSync } from "node:fs";
import { runClient } from "./client.mjs";
test("the program of clients", async () => {
  const shown = await runClient(JSON.parse(process.env.SERVICES));
  writeFileSync(process.env.SHOWN, JSON.stringify(shown));
}, 60_000);
`;

/** Runs the clients' program as a test of an app. */
export async function runInJest({ project, services }: RunContext): Promise<RunReport> {
  const require = createRequire(join(process.cwd(), "examples/expo/"));
  const shown = join(project, "shown.json");
  writeFileSync(join(project, "client.jest.js"), TEST);
  const config = configFor(project, require);
  const env = { ...process.env, SERVICES: JSON.stringify(services), SHOWN: shown, NODE_OPTIONS: "" };
  const command = [require.resolve("jest/bin/jest"), "--ci", "--runInBand", "--config", JSON.stringify(config)];
  await promisify(execFile)(process.execPath, command, { cwd: project, env });
  const versionOf = (name: string): string =>
    JSON.parse(readFileSync(require.resolve(`${name}/package.json`), "utf8")).version;
  const version = `${versionOf("jest")}, React Native ${versionOf("react-native")}`;
  return { version, shown: JSON.parse(readFileSync(shown, "utf8")) };
}

/** The preset as it is; what it compiles with is named, because the project has no Babel of its own. */
function configFor(rootDir: string, require: NodeJS.Require) {
  const preset = require("@react-native/jest-preset/jest-preset.js");
  const compile = [
    require.resolve("babel-jest"),
    {
      babelrc: false,
      configFile: false,
      presets: [[require.resolve("babel-preset-expo"), { enableBabelRuntime: false }]],
    },
  ];
  return {
    ...preset,
    rootDir,
    testMatch: ["**/client.jest.js"],
    transform: { ...preset.transform, "^.+\\.(js|ts|tsx)$": compile, "^.+\\.mjs$": compile },
  };
}
