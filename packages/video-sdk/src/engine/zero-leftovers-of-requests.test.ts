// Nothing is left behind on the wire: a question that is out, held by the server or not, ends with the engine or the handle that asked it.
import { describe, expect, test } from "vitest";
import { defaultPollingPolicy } from "../core/polling-policy.ts";
import { createHttpVideoApi } from "../http/create-http-video-api.ts";
import type { HttpResponse, KyLike } from "../http/fetch-request.ts";
import { createFakeLedger } from "../testing/fake-ledger.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createEngine } from "./create-engine.ts";
import type { VideoEngineEvent } from "./engine-event.ts";

const DAY = 86_400_000;
const REQUEST = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;

interface OpenRequest {
  readonly url: string;
  readonly wait: string | undefined;
  readonly signal: AbortSignal;
  answer(body: unknown): void;
}

/** Routes that answer when a test lets them. Plain objects: nothing waits for real time. */
function openRoutes({ canWait }: { canWait: boolean }) {
  const clock = createTestClock();
  const open: OpenRequest[] = [];
  const http: KyLike = (url, { signal, searchParams }) =>
    new Promise<HttpResponse>((resolve) => {
      const answer = (body: unknown): void =>
        resolve({ status: 200, headers: { get: () => null }, text: () => Promise.resolve(JSON.stringify(body)) });
      open.push({ url, wait: searchParams?.["wait"], signal, answer });
      if (url.includes("generate")) answer({ queued: true, requestId: "job-1", canWait: canWait || undefined });
    });
  const events: VideoEngineEvent[] = [];
  const engine = createEngine({
    api: createHttpVideoApi({ http, clock }),
    ledger: createFakeLedger(),
    polling: defaultPollingPolicy,
    platform: { clock, random: () => 0.5, createId: () => "generation-1" },
    onEvent: (event) => void events.push(event),
  });
  return { clock, open, events, engine };
}

describe.each([
  ["a held question", true, "24"],
  ["a plain question", false, undefined],
] as const)("%s that is out", (_, canWait, wait) => {
  test.each([
    ["detach()", "detach"],
    ["dispose()", "dispose"],
  ])("is aborted by %s: no timer, no other request, and a late answer is ignored", async (_name, way) => {
    const { clock, open, events, engine } = openRoutes({ canWait });
    const generation = engine.generate(REQUEST);
    await clock.advanceUntil(() => open.length === 2);
    const question = open[1];
    expect(question).toMatchObject({ wait, signal: { aborted: false } });
    expect(clock.pending).toBe(1);
    if (way === "detach") generation.detach();
    else engine.dispose();
    await clock.flush();
    expect(question?.signal.aborted).toBe(true);
    expect(clock.pending).toBe(0);
    const before = events.length;
    question?.answer({ success: true, videos: [{ url: "https://videos.test/a.mp4" }] });
    await clock.advance(DAY);
    expect(open).toHaveLength(2);
    expect(events).toHaveLength(before);
    expect(generation.getSnapshot().status).toBe("running");
    expect(clock.pending).toBe(0);
  });

  test("of one generation is not aborted by detaching another", async () => {
    const { clock, open, engine } = openRoutes({ canWait });
    const first = engine.generate(REQUEST);
    await clock.advanceUntil(() => open.length === 2);
    first.detach();
    const second = engine.generate(REQUEST);
    await clock.advanceUntil(() => open.length === 4);
    expect(open.slice(1).map(({ signal }) => signal.aborted)).toEqual([true, false, false]);
    open[3]?.answer({ success: true, videos: [{ url: "https://videos.test/a.mp4" }] });
    await clock.advanceUntil(() => second.getSnapshot().status === "completed");
    await clock.flush();
    expect(clock.pending).toBe(0);
  });
});
