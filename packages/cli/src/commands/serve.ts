// `video-engine serve`: a backend, routes and a provider that outlive a command, so that a generation can be killed and resumed.
import { Command } from "commander";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { toCredits } from "../flags.ts";
import { startServices } from "../services.ts";

interface ServeFlags {
  readonly credits: number;
  readonly json?: boolean;
}

/** The command. Calls `end` with the exit code. */
export function serveCommand(end: (code: ExitCode) => void): Command {
  return new Command("serve")
    .summary("a backend, routes and a provider that outlive a command")
    .description(
      "Prints what to set so that other commands use them. Leave it running, and copy its lines to another terminal.",
    )
    .option("--credits <n>", "what the user starts with", toCredits, 1_000)
    .option("--json", "the same as one JSON line")
    .action(async (flags: ServeFlags) => end(await serve(flags)));
}

/** Serves until it is interrupted, or its standard input ends. */
async function serve({ credits, json = false }: ServeFlags): Promise<ExitCode> {
  const services = await startServices({ credits });
  const settings = {
    CONVEX_URL: services.convexUrl,
    CONVEX_TOKEN: services.getToken(),
    ROUTES_URL: services.routesUrl,
    ROUTES_HONOUR_KEYS: "1",
  };
  if (json) console.log(JSON.stringify(settings));
  else for (const [name, value] of Object.entries(settings)) console.log(`export ${name}=${value}`);
  await untilStopped();
  // An input that is still being listened to would keep the process alive.
  process.stdin.destroy();
  await services.close();
  return EXIT.done;
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
