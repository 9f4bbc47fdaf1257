// One generation of `generate`: followed to its end, saved, and told of truly however the command is interrupted.
import { VideoError, type GenerateRequest, type Generation, type GenerationOutcome } from "@video-engine/video-sdk";
import type { App } from "./compose.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { SETTLEMENT_SENTENCES } from "./failure-lines.ts";
import type { Interrupts, Reaction } from "./interrupts.ts";
import { reasonOf, type Output } from "./open-output.ts";
import type { Balance, Report, Saved } from "./report.ts";

/** What to generate, and how to tell of it. */
export interface FollowOptions {
  readonly app: App;
  readonly request: GenerateRequest;
  readonly report: Report;
  readonly output: Output;
  readonly interrupts: Interrupts;
}

/** Begins a generation and follows it until its video is saved, or there is none. */
export async function followGeneration({ app, request, report, output, interrupts }: FollowOptions): Promise<ExitCode> {
  const before = await app.balance();
  const generation = app.engine.generate(request);
  const leave = (): void => {
    output.close();
    tellLeft(generation, app, report);
  };
  const cancel = (): void => {
    report.note("canceling: asking the provider to stop. Press Ctrl-C again to leave at once.");
    void generation.cancel();
  };
  return await interrupts.during({ cancel, leave, isResumable: app.services.areLasting }, async () => {
    report.begun({ id: generation.id, credits: generation.getSnapshot().credits, before });
    const outcome = await Promise.race([watch(generation, app, report), backendLost(generation, app)]);
    report.decided(outcome, await app.balance().catch(() => undefined));
    if (outcome.status === "completed") return await save(outcome, { output, report, interrupts, leave });
    return outcome.status === "canceled" ? canceledBy(interrupts) : EXIT.failed;
  });
}

/** Shows each phase, and the held credits once they are. */
async function watch(generation: Generation, app: App, report: Report): Promise<GenerationOutcome> {
  let isHeldShown = false;
  for await (const snapshot of generation) {
    report.moved(snapshot);
    if (snapshot.settlement !== "held" || isHeldShown) continue;
    isHeldShown = true;
    const balance: Balance | undefined = await app.balance().catch(() => undefined);
    if (balance !== undefined) report.held(balance);
  }
  return await generation.outcome;
}

/** Without its demo backend a generation would wait for ever. */
async function backendLost(generation: Generation, { services }: App): Promise<never> {
  await services.backendEnded;
  const lost = "The demo backend has ended, and its credits with it: the video cannot be finished.";
  throw new VideoError("unreachable", { message: [lost, ...jobLines(generation, services)].join(" ") });
}

/** A job of the sandbox ends with this command, and costs nothing. */
function jobLines(generation: Generation, { areVideosLasting: isReal }: App["services"]): readonly string[] {
  const { status, requestId } = generation.getSnapshot();
  const isOpen = isReal && status === "running" && requestId !== undefined;
  return isOpen ? [`The provider's job ${requestId} may still end, and be billed.`] : [];
}

interface Saving extends Pick<Reaction, "leave"> {
  readonly output: Output;
  readonly report: Report;
  readonly interrupts: Interrupts;
}

/** The video is paid for: from here on, only the disk, the host of the file or a person who insists keeps it from being saved. */
async function save(
  { videos }: Extract<GenerationOutcome, { status: "completed" }>,
  { output, report, interrupts, leave }: Saving,
): Promise<ExitCode> {
  const cancel = (): void => report.note(`${TOO_LATE} Press Ctrl-C again to leave without the file.`);
  if (interrupts.code !== undefined) report.note(TOO_LATE);
  const saved: Saved = await interrupts.during({ cancel, leave }, () =>
    output.save(videos[0] ?? "").then(
      (file) => ({ file }),
      (cause: unknown) => ({ saveError: reasonOf(cause) }),
    ),
  );
  report.saved(saved);
  return "file" in saved ? EXIT.done : EXIT.notSaved;
}

const TOO_LATE = "too late to cancel: the video is there, and charged.";

function canceledBy({ code }: Interrupts): ExitCode {
  return ([EXIT.terminated, EXIT.hungUp] as const).find((one) => one === code) ?? EXIT.canceled;
}

/** What a person must know who does not wait for the end. */
function tellLeft(generation: Generation, { services }: App, report: Report): void {
  const { id, settlement, requestId, status, videos } = generation.getSnapshot();
  const url = videos.length > 0 && services.areVideosLasting ? [`url  ${videos.join(" ")}`] : [];
  report.left({ id, status, settlement, requestId, videos }, [
    "left.",
    settlement === "held" ? "The credits are still held." : SETTLEMENT_SENTENCES[settlement],
    ...(status === "completed" ? ["The video was not saved."] : []),
    ...url,
    ...jobLines(generation, services),
    ...(status === "running" ? [nextOf(services)] : []),
  ]);
}

function nextOf({ areLasting, isDemo }: App["services"]): string {
  if (areLasting) return "`video-engine resume` goes on with it.";
  return isDemo
    ? "The demo backend ends with this command, and its credits with it."
    : "Without ROUTES_URL nothing is kept to resume it: credits that are held stay so until your deployment frees them.";
}
