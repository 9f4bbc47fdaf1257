// A bare Node context that stands for a React Native device: ECMAScript without code from strings, plus what the scripts install.
import { createContext, runInContext } from "node:vm";
import type { Sandbox } from "./device/sandbox.ts";
import type { ScenarioResult } from "./scenarios/run-all.ts";

/** Far more timers than any scenario needs. */
const MOST_TIMERS = 100_000;

/** Runs scripts in a new device, then its timers one by one until the last script has left its report. Rejects when it never does. */
export async function runOnDevice(scripts: readonly string[]): Promise<readonly ScenarioResult[]> {
  const context = createContext({}, { codeGeneration: { strings: false, wasm: false } });
  for (const script of scripts) runInContext(script, context);
  const sandbox = runInContext("sandbox", context) as Sandbox; // made by the first script
  for (let timers = 0; timers < MOST_TIMERS; timers++) {
    // Lets every promise of the device settle before time goes on.
    await new Promise((resolve) => setImmediate(resolve));
    if (sandbox.report !== undefined) return JSON.parse(sandbox.report) as ScenarioResult[]; // written by runAll
    if (!sandbox.runNextTimer()) throw new Error("it never ended: no timer is left");
  }
  throw new Error(`it never ended within ${MOST_TIMERS} timers`);
}
