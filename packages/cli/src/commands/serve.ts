// `video-engine serve`: a backend, routes and a provider that outlive a command, so that a generation can be killed and resumed.
import { VideoError } from "@video-engine/video-sdk";
import { Command } from "commander";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { strict, toCredits } from "../flags.ts";
import type { Interrupts } from "../interrupts.ts";
import { startServices } from "../services.ts";
import { readSettings } from "../settings.ts";
import { print } from "../standard-output.ts";
import { UsageError } from "../usage-error.ts";

interface ServeFlags {
  readonly credits?: number;
  readonly json?: boolean;
}

/** The command. Calls `end` with the exit code. */
export function serveCommand(end: (code: ExitCode) => void, interrupts: Interrupts): Command {
  const command = new Command("serve")
    .summary("a backend, routes and a provider that outlive a command")
    .option("--credits <n>", `what the user starts with (default: ${CREDITS})`, toCredits)
    .option("--json", "the same as one JSON line")
    .addHelpText("after", HELP)
    .action(async (flags: ServeFlags) => end(await serve(flags, interrupts)));
  return strict(command);
}

const CREDITS = 1_000;

const HELP = `
Prints what to set so that other commands use them. Leave it running, and copy
its lines to another terminal. Ctrl-C ends it.

Example:
  video-engine serve --credits 5000`;

/** Serves until it is interrupted, or its standard input ends. */
async function serve({ credits, json = false }: ServeFlags, interrupts: Interrupts): Promise<ExitCode> {
  const read = readSettings(process.env);
  if (read.convexUrl !== undefined && credits !== undefined)
    throw new UsageError("--credits is what the demo backend's user starts with, and CONVEX_URL names your own.");
  if (!json) console.error("starting ...");
  const services = await startServices({ credits: credits ?? CREDITS, settings: read });
  const settings = {
    CONVEX_URL: services.convexUrl,
    CONVEX_TOKEN: services.getToken(),
    ROUTES_URL: services.routesUrl,
    ROUTES_HONOUR_KEYS: "1",
  };
  if (json) print(JSON.stringify(settings));
  else
    print(
      Object.entries(settings)
        .map(([name, value]) => `export ${name}=${value}`)
        .join("\n"),
    );
  if (!json) console.error("Leave this running, and paste these lines into another terminal. Ctrl-C ends it.");
  await untilStopped(services.backendEnded, interrupts);
  // An input that is still being listened to would keep the process alive.
  process.stdin.destroy();
  await services.close();
  return EXIT.done;
}

async function untilStopped(backendEnded: Promise<void>, interrupts: Interrupts): Promise<void> {
  let stop = (): void => undefined;
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  // When a pipe ends, the process that started this one has ended. The end of a terminal or of /dev/null means nothing.
  if (!process.stdin.isTTY && process.env["SERVE_UNTIL_STDIN_ENDS"] === "1")
    process.stdin.resume().once("end", () => stop());
  const lost = backendEnded.then(() => {
    throw new VideoError("unreachable", { message: "The backend has ended by itself. Start it again." });
  });
  await interrupts.during({ cancel: () => stop(), leave: () => undefined }, () => Promise.race([stopped, lost]));
}
