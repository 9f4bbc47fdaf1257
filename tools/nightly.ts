// What takes too long for each change: more runtimes and browsers, every page of the docs in a fresh project, more worlds, a rehearsed release.
// Needs `npm run build` before, the registry, and Debian's browsers (docs/support.md).
import { runSteps, tableOf, type CheckStep } from "./run-steps.ts";

const STEPS: readonly CheckStep[] = [
  ["runtimes", "--", "--nightly"],
  ["packed", "--", "--every-type"],
  ["upgrades"],
  ["walk"],
  ["walk", "--", "quick-start-vite"],
  ["walk", "--", "quick-start-next"],
  ["walk", "--", "quick-start-expo"],
  ["walk", "--", "quick-start-node"],
  ["migrate"],
  ["test", "--", "--project", "video-sdk", "src/testing/world"],
  ["test", "--", "--project", "cli", "--project", "example-web-grid", "test/kill.test.ts", "test/reload.test.ts"],
  ["fault-matrix"],
  ["release:rehearse"],
];
/** Worlds that no other night has seen, as many as an hour allows, and every pair of faults and every moment of a death instead of a share. */
const WORLDS = { FIRST_SEED: String(Math.floor(Date.now() / 86_400_000) * 20_000), SEEDS: "20000", ONE_OF: "1" };

Object.assign(process.env, WORLDS);
const results = await runSteps(STEPS);
const failed = results.filter(({ isPassed }) => !isPassed).length;
process.stdout.write(`\n${tableOf(results)}\n${results.length - failed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
