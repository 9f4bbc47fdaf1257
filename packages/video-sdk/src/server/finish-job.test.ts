// No limit of ours discards a paid result: a video whose URL may not be passed on is copied, or its job fails with an error that names the limit.
import { describe, expect, test, vi } from "vitest";
import { createRoutesWorld, GOOD, MODEL } from "./__fixtures__/routes-world.ts";
import { CopyFailedError } from "./rehost/copy-to-storage.ts";
import type { Rehost } from "./rehost/create-rehost.ts";

const LASTING = "https://cdn.example/v/1.mp4";
const LONG = `https://v3.fal.media/files/a.mp4?signature=${"x".repeat(3000)}`;
const HUGE = `data:video/mp4;base64,${"A".repeat(100_000)}`;

const WITHHELD: readonly (readonly [string, string, string])[] = [
  ["a URL that is too long", LONG, "it is longer than 2048 characters"],
  ["a URL that is not https", "http://v3.fal.media/files/a.mp4", "it is not https"],
  ["a data: URL", "data:video/mp4;base64,AAAAHGZ0eXA=", "it holds the video itself, and is no https URL"],
];

/** A job that has ended with this video, and what its status says then. */
async function endedWith(url: string, rehost?: Rehost) {
  const world = createRoutesWorld({ rehost });
  world.fal.playNext({ output: { video: { url } } });
  const { requestId } = (await world.generate(GOOD)).body;
  world.clock.jump(1000);
  return { ...world, requestId, answer: await world.status({ requestId }) };
}

describe.each(WITHHELD)("a finished job with %s", (_, url, why) => {
  test("is finished where the server can copy the video", async () => {
    const rehost = vi.fn<Rehost>(async () => LASTING);
    const { answer } = await endedWith(url, rehost);
    expect(answer).toMatchObject({ status: 200, body: { success: true, videos: [{ url: LASTING }] } });
    expect(rehost).toHaveBeenCalledExactlyOnceWith(url, { userId: "u1", modelId: MODEL });
  });

  test.each<[string, Rehost | undefined]>([
    ["copies nothing", undefined],
    ["cannot copy it", () => Promise.reject(new CopyFailedError("The source is no video."))],
  ])("fails where the server %s: the error names the limit and carries the URL", async (__, rehost) => {
    const { answer, events } = await endedWith(url, rehost);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        success: false,
        code: "result-unusable",
        error: `The video is made, but its address cannot be used: ${why}.`,
        details: { provider: "fal", url },
      },
    });
    expect(events.at(-1)).toMatchObject({ type: "job-failed", error: { code: "result-unusable" } });
  });

  test("stays pending while the copy fails for a reason that may pass", async () => {
    let isDown = true;
    const rehost: Rehost = async () => {
      if (isDown) throw new CopyFailedError("The storage answered with 503.", { retryable: true });
      return LASTING;
    };
    const { answer, status, requestId, events } = await endedWith(url, rehost);
    expect(answer).toMatchObject({ status: 200, body: { queued: true } });
    expect(events.at(-1)).toMatchObject({ type: "rehost-failed" });
    isDown = false;
    expect(await status({ requestId })).toMatchObject({ body: { success: true, videos: [{ url: LASTING }] } });
  });
});

test("a URL that is too long to be stored with a generation is cut, with a note of its length", async () => {
  const { answer } = await endedWith(HUGE);
  const { url } = answer.body.details;
  expect(url).toMatch(/^data:video\/mp4;base64,A+… \(100022 characters\)$/);
  expect(url.length).toBeLessThan(300);
});

test.each([
  "https://user:secret@v3.fal.media/a.mp4",
  "https://169.254.169.254/a.mp4",
  "javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
])("%s, which breaks a rule of safety, is neither copied nor shown", async (url) => {
  const rehost = vi.fn<Rehost>(async () => LASTING);
  const { answer, events } = await endedWith(url, rehost);
  expect(answer).toMatchObject({ body: { success: false, code: "result-unusable", details: { provider: "fal" } } });
  expect(JSON.stringify(answer.body)).not.toContain(url);
  expect(rehost).not.toHaveBeenCalled();
  // The owner's log has the reason, and no address.
  expect(events.slice(-2)).toMatchObject([{ type: "url-refused", isForbidden: true }, { type: "job-failed" }]);
  expect(JSON.stringify(events)).not.toContain(url.slice(0, 30));
});

test("beside a video that may be passed on, one that may not is copied or left out", async () => {
  const videos = [{ url: "https://v3.fal.media/a.mp4" }, { url: LONG }];
  const { generate, status, fal, clock } = createRoutesWorld();
  fal.playNext({ output: { videos } });
  const { requestId } = (await generate(GOOD)).body;
  clock.jump(1000);
  expect((await status({ requestId })).body).toMatchObject({ success: true, videos: [videos[0]] });
});

test("a result in a shape that is new to us is pending, and the owner is told the shape without a value", async () => {
  const { generate, status, fal, clock, events } = createRoutesWorld();
  fal.playNext("unread-output");
  const { requestId } = (await generate(GOOD)).body;
  clock.jump(1000);
  expect(await status({ requestId })).toMatchObject({ status: 200, body: { queued: true, status: "unknown" } });
  expect(events.at(-1)).toEqual({
    type: "result-unread",
    at: clock.now(),
    handle: requestId,
    key: undefined,
    userId: "u1",
    modelId: MODEL,
    provider: "fal",
    requestId: fal.jobs[0]?.id,
    shape: '{"clip":{"link":"string"},"seed":"number"}',
  });
});
