// `video-engine serve`: a backend, routes and a provider that outlive a command, so that a generation can be killed and resumed.
import { parseFlags } from "../flags.ts";
import { startServices } from "../services.ts";

const HELP = `video-engine serve [--credits <n>] [--json]

Starts an embedded backend, the routes and the sandbox, and prints what to set so that other commands use them.
Leave it running, and copy its lines to another terminal.
  --credits <n>   what the user starts with (default: 1000)
  --json          the same as one JSON line`;

/** Serves until it is interrupted, or its standard input ends. */
export async function serve(args: readonly string[]): Promise<number> {
  const { values } = parseFlags(args, { credits: { type: "string" } });
  if (values.help === true) {
    console.log(HELP);
    return 0;
  }
  const services = await startServices({ credits: Number(values.credits ?? 1_000) });
  const settings = {
    CONVEX_URL: services.convexUrl,
    CONVEX_TOKEN: services.getToken(),
    ROUTES_URL: services.routesUrl,
    ROUTES_HONOUR_KEYS: "1",
  };
  if (values.json === true) console.log(JSON.stringify(settings));
  else for (const [name, value] of Object.entries(settings)) console.log(`export ${name}=${value}`);
  await untilStopped();
  // An input that is still being listened to would keep the process alive.
  process.stdin.destroy();
  await services.close();
  return 0;
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
    // When a pipe ends, the process that started this one has ended. The end of a terminal or of /dev/null means nothing.
    if (!process.stdin.isTTY && process.env["SERVE_UNTIL_STDIN_ENDS"] === "1")
      process.stdin.resume().once("end", () => resolve());
  });
}
