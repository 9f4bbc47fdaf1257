#!/usr/bin/env node
// What the shell starts: looks whether this Node can run the program, then runs it. Imports nothing that an older Node lacks.
import manifest from "../package.json" with { type: "json" };

const LEAST = manifest.engines.node.replace(">=", "");

/** Whether one version is at least another. Both are numbers with dots. */
function isAtLeast(version: string, least: string): boolean {
  const [have, want] = [version, least].map((text) => text.split(".").map(Number));
  for (const [index, number] of (want ?? []).entries()) {
    const difference = (have?.[index] ?? 0) - number;
    if (difference !== 0) return difference > 0;
  }
  return true;
}

if (isAtLeast(process.versions.node, LEAST)) {
  const { start } = await import("./start.ts");
  // Not exit(): pending output is still printed, and a socket that was left open shows as a command that does not end.
  process.exitCode = await start(process.argv.slice(2));
} else {
  console.error(`video-engine needs Node ${LEAST} or later, and this is ${process.versions.node}.`);
  console.error("Get a newer one from your version manager or https://nodejs.org, then run the command again.");
  process.exitCode = 2;
}
