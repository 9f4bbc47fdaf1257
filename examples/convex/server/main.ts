// The embedded backend as a process of its own. Prints one line of JSON, `{"url": ...}`, when it listens.
// Flags: --port (default: PORT, or else a free one), --host (default: 127.0.0.1), --kind (default: as-planned), --production, --components, --until-stdin-ends.
import { parseArgs } from "node:util";
import { startEmbeddedBackend } from "./embedded-backend.ts";
import { BACKEND_KINDS } from "./embedded-modules.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: process.env["PORT"] ?? "0" },
    host: { type: "string", default: "127.0.0.1" },
    kind: { type: "string", default: "as-planned" },
    production: { type: "boolean", default: false },
    components: { type: "boolean", default: false },
    "until-stdin-ends": { type: "boolean", default: false },
  },
});

const { port, host, production: isProduction, components: withComponents } = values;
const kind = BACKEND_KINDS.find((known) => known === values.kind);
if (kind === undefined) {
  process.stderr.write(`--kind is "${values.kind}". There are: ${BACKEND_KINDS.join(", ")}.\n`);
  process.exit(1);
}
const options = { port: Number(port), host, kind, isProduction, withComponents };
const backend = await startEmbeddedBackend(options).catch((error: unknown) => {
  process.stderr.write(`The embedded backend cannot listen on ${host}, port ${port}: ${String(error)}\n`);
  process.exit(1);
});

const stop = (): void => {
  void backend.close().then(() => process.exit(0));
};

process.once("SIGTERM", stop);
// What reads the line may have ended while this was starting.
process.stdout.on("error", stop);
process.stdout.write(`${JSON.stringify({ url: backend.url })}\n`);
if (values["until-stdin-ends"]) {
  // What started it decides when it ends. A Ctrl-C that reaches this process all the same is the other's, which still has books to settle.
  for (const signal of ["SIGINT", "SIGHUP"] as const) process.on(signal, () => undefined);
  process.stdin.once("end", stop).resume();
} else {
  // Its stdin means nothing: under a service or in a shell's background it has ended from the start.
  process.once("SIGINT", stop);
}
