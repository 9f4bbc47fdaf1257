// `video-engine doctor`: whether what an app stands on is as it should be, without paying for anything.
import { sandboxFetch } from "@video-engine/example-sandbox/sandbox-fetch";
import type { Generation } from "@video-engine/video-sdk";
import { Command, Option } from "commander";
import { canAsk } from "../can-ask.ts";
import { checkConvex } from "../doctor/check-convex.ts";
import { checkFal } from "../doctor/check-fal.ts";
import { checkKie } from "../doctor/check-kie.ts";
import { checkRoutes } from "../doctor/check-routes.ts";
import { checkSettings } from "../doctor/check-settings.ts";
import { checkWavespeed } from "../doctor/check-wavespeed.ts";
import { examineFields, type FieldFlags } from "../doctor/examine-fields.ts";
import { proveConvex } from "../doctor/prove-convex.ts";
import { cheapestVideo, smokeFinding, startSmokeVideo, type SmokeVideo } from "../doctor/smoke-video.ts";
import type { Finding } from "../doctor/finding.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { strict } from "../flags.ts";
import type { Interrupts } from "../interrupts.ts";
import { readSettings, type Settings } from "../settings.ts";
import { print, printLast } from "../standard-output.ts";
import { UsageError } from "../usage-error.ts";

/** The command. Calls `end` with the exit code. */
export function doctorCommand(end: (code: ExitCode) => void, interrupts: Interrupts): Command {
  const command = new Command("doctor")
    .summary("whether keys, providers, functions and routes are as they should be")
    .option("--smoke", "then pay for the cheapest video of each provider whose key is set, after asking")
    .option("--fields", "then ask the functions at CONVEX_URL which fields they take, after asking you")
    .option("--function-spec <file>", "which fields they take, by what `npx convex function-spec` has printed")
    .addOption(
      new Option(
        "--convex <url>",
        "only prove that your Convex deployment removes repeats, as backend.exactlyOnce needs it",
      ).conflicts(["smoke", "fields", "functionSpec"]),
    )
    .option("--yes", "you agree: nothing is asked")
    .option("--json", "as JSON")
    .addHelpText("after", HELP)
    .action(async (flags: DoctorFlags) =>
      end(
        await (flags.convex === undefined
          ? doctor(flags, interrupts)
          : proveConvex({ ...flags, convex: flags.convex }, interrupts)),
      ),
    );
  return strict(command);
}

const HELP = `
Reads FAL_KEY, KIE_API_KEY, WAVESPEED_API_KEY, CONVEX_URL, CONVEX_TOKEN and
ROUTES_URL, such as with node --env-file. Without --smoke it pays for nothing
and changes nothing.
PROVIDERS_URL: one address that stands in for all providers, such as a sandbox.

--fields calls each function once, by no user, with a field that none takes.
One that checks its arguments refuses before it runs.

--convex reserves 1 credit of the user of CONVEX_TOKEN twice under one session
and number, reads the balance, and releases what it finds reserved.
Nothing else may change that user's credits meanwhile. Exit code 0: proven,
1: not.

Examples:
  video-engine doctor
  video-engine doctor --function-spec spec.json
  FAL_KEY=id:secret video-engine doctor --smoke
  CONVEX_TOKEN=... video-engine doctor --convex https://otter-1.convex.cloud`;

interface DoctorFlags extends FieldFlags {
  readonly convex?: string;
  readonly smoke?: boolean;
}

async function doctor(flags: DoctorFlags, interrupts: Interrupts): Promise<ExitCode> {
  const { json: isJson = false, smoke = false, yes = false } = flags;
  const videos = smoke ? smokeVideos(process.env) : [];
  const settings = smoke ? providerSettings(process.env) : undefined;
  if (smoke && !canAsk(flags))
    throw new UsageError(
      "--smoke pays for videos, and there is no terminal to ask in. Add --yes to pay without asking.",
    );
  // First, because it refuses what it cannot read.
  const fields = await examineFields(flags, process.env["CONVEX_URL"]);
  const findings = [...(await examine(process.env)), ...fields];
  const tellLeft = (line: string): void => {
    if (isJson) printLast(JSON.stringify({ ok: false, findings }));
    console.error(line);
  };
  if (settings !== undefined && (yes || (await isPaymentWanted(videos)))) {
    // Between two videos, too: what was paid for before is among the findings.
    await interrupts.during({ leave: () => tellLeft(findingLines(findings).join("\n")) }, async () => {
      for await (const finding of makeAll({ videos, settings, interrupts, tellLeft })) findings.push(finding);
    });
  }
  const isWell = findings.every(({ level }) => level !== "failed");
  if (isJson) print(JSON.stringify({ ok: isWell, findings }));
  else for (const line of findingLines(findings)) print(line);
  return isWell ? EXIT.done : EXIT.failed;
}

function findingLines(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ part, level, text }) => `${SIGNS[level]}  ${part.padEnd(8)}  ${text}`);
}

const SIGNS = {
  ok: "ok      ",
  note: "-       ",
  failed: "FAILED  ",
  unknown: "unknown ",
} as const;

async function examine(env: NodeJS.ProcessEnv): Promise<readonly Finding[]> {
  const { PROVIDERS_URL, FAL_KEY, KIE_API_KEY, WAVESPEED_API_KEY, CONVEX_URL, CONVEX_TOKEN, ROUTES_URL } = env;
  const send = PROVIDERS_URL ? sandboxFetch(PROVIDERS_URL) : fetch;
  const parts = await Promise.all([
    checkFal(FAL_KEY, send),
    checkKie(KIE_API_KEY, send),
    checkWavespeed(WAVESPEED_API_KEY, send),
    CONVEX_URL ? checkConvex({ url: CONVEX_URL, token: CONVEX_TOKEN }) : [],
    ROUTES_URL ? checkRoutes(ROUTES_URL, fetch, Date.now) : [],
  ]);
  return [...checkSettings(env), ...parts.flat()];
}

/** Refused where there is no key: a video of the demo proves nothing of a provider. */
function smokeVideos({ FAL_KEY, KIE_API_KEY }: NodeJS.ProcessEnv): readonly SmokeVideo[] {
  const providers = [...(FAL_KEY ? (["fal"] as const) : []), ...(KIE_API_KEY ? (["kie"] as const) : [])];
  if (providers.length === 0) throw new UsageError("--smoke needs a provider's key: set FAL_KEY or KIE_API_KEY.");
  return providers.flatMap((provider) => cheapestVideo(provider) ?? []);
}

async function isPaymentWanted(videos: readonly SmokeVideo[]): Promise<boolean> {
  const { confirm, isCancel } = await import("@clack/prompts");
  const list = videos.map(
    ({ provider, model, credits }) => `${model} at ${provider}, about $${(credits / 100).toFixed(2)}`,
  );
  const answer = await confirm({ message: `Pay for ${list.join(" and ")}?`, initialValue: false });
  return !isCancel(answer) && answer;
}

/** Of the providers alone: the backend is this command's own, whatever else the environment names. */
function providerSettings({ FAL_KEY, KIE_API_KEY, PROVIDERS_URL, SANDBOX_JOB_MS }: NodeJS.ProcessEnv): Settings {
  return readSettings({ FAL_KEY, KIE_API_KEY, PROVIDERS_URL, SANDBOX_JOB_MS });
}

interface Smoke {
  readonly videos: readonly SmokeVideo[];
  readonly settings: Settings;
  readonly interrupts: Interrupts;
  readonly tellLeft: (line: string) => void;
}

/** One after the other, on a backend of this command's own: only the providers are billed. */
async function* makeAll({ videos, settings, interrupts, tellLeft }: Smoke): AsyncGenerator<Finding> {
  const { openApp } = await import("../compose.ts");
  const app = await openApp({ credits: 100_000, takesOperationIds: true, settings });
  try {
    for (const video of videos) {
      console.error(`paying for ${video.model} at ${video.provider}; Ctrl-C cancels ...`);
      const generation = startSmokeVideo(app.engine, video);
      const cancel = (): void => void generation.cancel();
      const leave = (): void => tellLeft(leftLine(video, generation));
      yield await interrupts.during({ cancel, leave }, () => smokeFinding(generation, video));
      if (generation.getSnapshot().status === "canceled") break;
    }
  } finally {
    await app.close();
  }
}

/** What a person must know who does not wait for the end. */
function leftLine({ provider }: SmokeVideo, generation: Generation): string {
  const { requestId } = generation.getSnapshot();
  return requestId === undefined ? "left." : `left. The job ${requestId} at ${provider} may still end, and be billed.`;
}
