// The step between the video and its row: the app saves the video elsewhere, and the row shows its copy. A step that fails never keeps the
// video: its row is saved with the provider's address, and the next start tries again. Pure.
import type { VideoErrorData } from "../errors.ts";
import type { GenerationState, Settling, Verdict } from "./state.ts";
import type { StepProgress } from "./settlement-steps.ts";
import { isStorableText } from "./shape-tests.ts";
import type { Rules } from "./transition-result.ts";

/** How often the step is begun in all. An address that cannot be copied for that long has expired, or never can. */
export const MOST_SAVES = 5;
/** How often before the row shows the video. A copy that ends the process, such as by its size, must not keep the video from its row. */
export const MOST_SAVES_BEFORE_ROW = 2;

/**
 * The same with the app's copies: in the place of the provider's addresses before the row is saved for the first time, and beside them after
 * that, because a row is saved with the same arguments each time.
 */
export function withCopies(state: Settling, copies: readonly string[]): Settling {
  const { verdict, steps } = state;
  if (!isDelivery(verdict) || copies.every((url, at) => url === verdict.videos[at])) return state;
  return { ...state, verdict: { ...verdict, ...(steps["save-row"] === undefined ? { videos: copies } : { copies }) } };
}

/** A step that has failed. Given up until the next start, or for good: but not because there was no network. */
export function giveUpSaving(progress: StepProgress, { code }: Pick<VideoErrorData, "code">): StepProgress {
  if (code === "unreachable") return { ...progress, status: "stuck", refusals: { code, count: 1 } };
  return { ...progress, status: progress.attempt >= MOST_SAVES ? "done" : "stuck" };
}

/** Milliseconds since the video came before another attempt follows so many: an hour without the app's storage must leave one. */
const REST_MS: readonly number[] = [0, 0, 0, 10 * 60_000, 60 * 60_000];

/**
 * Whether a step that was given up is tried again now. A user who comes and goes must not use up all attempts in a minute; without a network
 * they are not counted. A clock that was set back keeps nothing waiting.
 */
export function maySaveAgain({ attempt, refusals }: StepProgress, sinceMs: number): boolean {
  return refusals !== undefined || sinceMs < 0 || sinceMs >= (REST_MS[attempt] ?? 0);
}

/** The same state with the step to be begun again, where it was interrupted or given up, and may be. */
export function savingAgain(state: Settling, { savesVideos = false }: Pick<Rules, "savesVideos">): Settling {
  const progress = state.steps["save-videos"];
  const most = state.steps["save-row"] === undefined ? MOST_SAVES_BEFORE_ROW : MOST_SAVES;
  if (progress === undefined || progress.status === "done" || !savesVideos || progress.attempt >= most) return state;
  return { ...state, steps: { ...state.steps, "save-videos": { ...progress, status: "waiting" } } };
}

/** The addresses to show: the copies, where they came later. */
export function shownVideos({
  videos,
  copies = videos,
}: Extract<GenerationState | Verdict, { videos: unknown }>): readonly string[] {
  return copies;
}

const HTTPS = /^https:\/\/[^\s\\/?#][^\s\\]*$/i;

/** Why an answer cannot take the place of the videos. Undefined: it can. */
export function whyNoCopies(answer: unknown, videos: readonly string[]): string | undefined {
  if (!Array.isArray(answer)) return "It must return a list of addresses.";
  if (answer.length !== videos.length)
    return `It was given ${videos.length} videos and returned ${answer.length}: return one address for each.`;
  const isGood = (url: unknown, at: number): boolean => url === videos[at] || (isStorableText(url) && HTTPS.test(url));
  const bad = Array.from<unknown>(answer).findIndex((url, at) => !isGood(url, at));
  return bad < 0 ? undefined : `Address ${bad + 1} of ${answer.length} is no https address that can be stored.`;
}

function isDelivery(verdict: Verdict): verdict is Extract<Verdict, { videos: unknown }> {
  return "videos" in verdict;
}
