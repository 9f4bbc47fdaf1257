// Uploads to the app's storage: nothing is acquired before the last one is finished, and nothing is lost by leaving.
import { resolveVideoRequest } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { atMostOnce } from "./__fixtures__/plans.ts";
import { videoErrorData, type VideoErrorCode } from "../errors.ts";
import { DEFAULT_RETRY_LIMITS } from "./retry-limits.ts";
import { tell, type Said } from "./__fixtures__/answering.ts";
import { defaultPollingPolicy } from "./polling-policy.ts";
import { resume, STALE_START_MS } from "./resume.ts";
import { snapshotOf } from "./snapshot.ts";
import type { GenerationPlan, GenerationState, Uploading } from "./state.ts";
import type { TransitionResult } from "./transition-result.ts";
import { initial } from "./transition.ts";
import { isPlaceholder, placeholderFor } from "./upload-placeholder.ts";

const rules = { polling: defaultPollingPolicy };
const ids = ["main", "side", "back", "image"] as const;
const { request } = resolveVideoRequest({
  model: "kling-o1",
  prompt: "a corgi surfing",
  klingO1Images: [placeholderFor("image")],
  klingO1Elements: [
    {
      frontalImageUrl: placeholderFor("main"),
      referenceImageUrls: [placeholderFor("side"), placeholderFor("back"), "https://cdn.test/there-already.png"],
    },
  ],
});
const plan: GenerationPlan = { ...atMostOnce, request };
const stored = { uri: "file:///pictures/side.png", contentType: "image/png" };
const START: TransitionResult = initial(
  plan,
  ["main", "side", "back", "image"].map((fileId) => ({ fileId, stored: fileId === "side" ? stored : undefined })),
);

const there = (fileId: string): Said => ({
  type: "file-uploaded",
  fileId,
  url: `https://cdn.test/${fileId}.png`,
});
const lost = (fileId: string, code: VideoErrorCode, retryAfterMs?: number): Said => ({
  type: "effect-failed",
  effect: "upload-file",
  certainty: "unknown",
  fileId,
  error: videoErrorData(code, { retryAfterMs }),
});
const RETRY: Said = { type: "wait-elapsed", key: "retry" };
const CANCEL: Said = { type: "cancel-requested" };

/** The last transition of these events. */
function after(state: GenerationState, ...payloads: readonly Said[]): TransitionResult {
  return payloads.reduce<TransitionResult>(
    ([current], payload) => tell(current, { ...payload, at: 1_000, random: 0.5 }, rules),
    [state, []],
  );
}
const sentFiles = ([, effects]: TransitionResult): string[] =>
  effects.flatMap((effect) => (effect.type === "upload-file" ? effect.fileId : []));

describe("uploading", () => {
  test("three files are sent at once, the others when there is room", () => {
    expect(sentFiles(START)).toEqual(["main", "side", "back"]);
    expect(START[1]).toContainEqual({ type: "upload-file", attempt: 1, fileId: "side", stored });
    expect(sentFiles(after(START[0], there("side")))).toEqual(["image"]);
    expect(sentFiles(after(START[0], lost("side", "unreachable")))).toEqual(["image"]);
  });

  test("nothing is acquired before the last file is there, and the request has their URLs", () => {
    const [before] = after(START[0], ...ids.slice(0, 3).map(there));
    expect(before.name).toBe("uploading");
    const [state, effects] = after(before, there("image"));
    expect(state.name).toBe("acquiring-slot");
    expect(effects.map(({ type }) => type)).toEqual(["acquire-slot"]);
    expect(state.plan.request).toEqual({
      ...request,
      klingO1Images: ["https://cdn.test/image.png"],
      klingO1Elements: [
        {
          frontalImageUrl: "https://cdn.test/main.png",
          referenceImageUrls: ["side", "back", "there-already"].map((name) => `https://cdn.test/${name}.png`),
        },
      ],
    });
    expect(JSON.stringify(state.plan.request).split('"').some(isPlaceholder)).toBe(false);
  });

  test("without files it begins by acquiring its slot", () => {
    expect(initial(plan)[0].name).toBe("acquiring-slot");
  });

  test("a cancel or a lost file ends it at once, and nothing was held", () => {
    const canceled = after(START[0], CANCEL);
    expect(canceled[0]).toMatchObject({ name: "canceled", settlement: "none", held: { credits: "none" } });
    const failed = after(START[0], {
      type: "effect-failed",
      effect: "upload-file",
      certainty: "not-done",
      fileId: "main",
      error: videoErrorData("upload-failed", { retryable: false, message: "Attach it again." }),
    });
    expect(failed[0]).toMatchObject({
      name: "failed",
      settlement: "none",
      error: { code: "upload-failed", message: "Attach it again.", phase: "uploading" },
    });
    for (const [, effects] of [canceled, failed]) expect(effects).toEqual([{ type: "stop-waiting" }]);
  });

  test("a reason of another kind is reported as a failed upload, with the reason in its details", () => {
    const [state] = after(START[0], lost("main", "too-large"));
    expect(snapshotOf(state).error).toMatchObject({ code: "upload-failed", details: { lastError: "too-large" } });
    const signedOut: Said = {
      type: "effect-failed",
      effect: "upload-file",
      certainty: "not-done",
      fileId: "main",
      error: videoErrorData("not-signed-in", { retryable: false }),
    };
    expect(snapshotOf(after(START[0], signedOut)[0]).error).toMatchObject({ code: "not-signed-in" });
  });

  test("one file is sent at most twelve times, with growing waits", () => {
    const single = initial(plan, [{ fileId: "main", stored: undefined }]);
    const waits: number[] = [];
    let state = single[0];
    for (let attempt = 1; attempt < DEFAULT_RETRY_LIMITS.uploading; attempt++) {
      const [waiting, effects] = after(state, lost("main", "unreachable"));
      waits.push(...effects.flatMap((effect) => (effect.type === "wait" ? effect.until - 1_000 : [])));
      const step = after(waiting, RETRY);
      expect(sentFiles(step)).toEqual(["main"]);
      state = step[0];
    }
    expect(waits).toHaveLength(DEFAULT_RETRY_LIMITS.uploading - 1);
    expect(waits.every((wait, index) => index === 0 || wait >= (waits[index - 1] ?? 0))).toBe(true);
    expect(waits.at(-1)).toBeGreaterThan(7_000);
    expect(after(state, lost("main", "unreachable"))[0]).toMatchObject({ name: "failed", settlement: "none" });
  });

  test("advice to wait is obeyed", () => {
    const [, effects] = after(START[0], lost("main", "rate-limited", 40_000));
    expect(effects).toContainEqual({ type: "wait", key: "retry", until: 41_000 });
  });

  test("an answer about a file that is not on its way is passed over", () => {
    for (const payload of [there("stranger"), lost("stranger", "unreachable"), there("image"), RETRY]) {
      expect(after(START[0], payload)).toEqual([START[0], []]);
    }
    const [once] = after(START[0], there("main"));
    expect(after(once, there("main"))).toEqual([once, []]);
  });
});

describe("what is shown of it", () => {
  const sent = (fileId: string, sentBytes: number): Said => ({
    type: "file-progress",
    fileId,
    sentBytes,
    totalBytes: 100,
  });

  test("the bytes of all files together, once each size is known", () => {
    const [some] = after(START[0], sent("main", 40), sent("side", 10));
    expect(snapshotOf(some)).toMatchObject({ phase: "uploading", settlement: "none", status: "running" });
    expect(snapshotOf(some).upload).toEqual({ sentBytes: 50, totalBytes: undefined, files: 4, filesDone: 0 });
    const [more] = after(some, there("main"), sent("back", 0), sent("image", 20));
    expect(snapshotOf(more).upload).toEqual({ sentBytes: 130, totalBytes: 400, files: 4, filesDone: 1 });
  });

  test("a file that is sent anew starts at nothing, and repeated progress is nothing to do", () => {
    const [some] = after(START[0], sent("main", 40));
    expect(after(some, sent("main", 40))).toEqual([some, []]);
    expect(snapshotOf(after(some, lost("main", "unreachable"))[0]).upload?.sentBytes).toBe(0);
  });
});

describe("resumed", () => {
  const half = (): Uploading => {
    const [state] = after(START[0], there("main"), lost("side", "unreachable"));
    if (state.name !== "uploading") throw new Error(`Led to ${state.name}.`);
    return state;
  };

  test("resumed: a finished file is not sent again", () => {
    const step = resume(half(), { at: 60_000, random: 0.5 }, rules);
    expect(sentFiles(step)).toEqual(["side", "back", "image"]);
    expect(step[0]).toMatchObject({ files: { main: { status: "done", url: "https://cdn.test/main.png" } } });
  });

  test("when all were there, it goes on to the slot", () => {
    const { files } = half();
    const done = { status: "done", attempt: 1, tries: 1, sentBytes: 1, url: "https://cdn.test/1.png" } as const;
    const all: Uploading = { ...half(), files: Object.fromEntries(Object.keys(files).map((id) => [id, done])) };
    expect(resume(all, { at: 60_000, random: 0.5 }, rules)[0].name).toBe("acquiring-slot");
  });

  test("found again after a quarter of an hour it is canceled", () => {
    const step = resume(half(), { at: STALE_START_MS + 1, random: 0.5 }, rules);
    expect(step[0]).toMatchObject({ name: "canceled", settlement: "none" });
  });
});
