// Runs both programs in a runtime that loads packages from node_modules by itself, and loads every entry there. Prints one line of JSON.
import { readFileSync } from "node:fs";
import { runClient } from "./client.mjs";
import { runServer } from "./server.mjs";

const version = globalThis.Bun?.version ?? globalThis.Deno?.version.deno ?? process.version.slice(1);
const services = JSON.parse(process.env.SERVICES);
const shown = { ...(await runClient(services)), ...(await runServer()), "every entry": await loadEntries() };
console.log(JSON.stringify({ version, shown }));

/** What became of it, in a few words. */
async function loadEntries() {
  const empty = [];
  for (const name of ["@video-engine/video-models", "@video-engine/video-sdk"]) {
    const { exports } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
    for (const path of Object.keys(exports).filter((one) => one !== "./package.json")) {
      const entry = name + path.slice(1);
      if (Object.keys(await import(entry)).length === 0) empty.push(entry);
    }
  }
  return empty.length === 0 ? "all load" : `${empty.join(", ")}: nothing exported`;
}
