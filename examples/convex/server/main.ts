// The embedded backend as a process of its own. Prints one line of JSON, `{"url": ...}`, when it listens.
// Flags: --port (default: PORT, or else a free one), --host (default: 127.0.0.1), --until-stdin-ends.
import { parseArgs } from "node:util";
import { startEmbeddedBackend } from "./embedded-backend.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: process.env["PORT"] ?? "0" },
    host: { type: "string", default: "127.0.0.1" },
    "until-stdin-ends": { type: "boolean", default: false },
  },
});

const { port, host } = values;
const backend = await startEmbeddedBackend({ port: Number(port), host }).catch((error: unknown) => {
  process.stderr.write(`The embedded backend cannot listen on ${host}, port ${port}: ${String(error)}\n`);
  process.exit(1);
});
process.stdout.write(`${JSON.stringify({ url: backend.url })}\n`);

const stop = (): void => {
  void backend.close().then(() => process.exit(0));
};
process.once("SIGTERM", stop);
process.once("SIGINT", stop);
// Not by default: under a service or in a shell's background, stdin has ended from the start.
if (values["until-stdin-ends"]) process.stdin.once("end", stop).resume();
