// The download of a finished video: what is repeated, how often and when, and that the file is complete. Time is simulated.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { saveVideo } from "../src/save-video.ts";

const URL_OF_VIDEO = "https://files.example/a.mp4";
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "save-video-"));
  vi.useFakeTimers();
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await rm(folder, { recursive: true, force: true });
});

type Answer = () => Promise<Response> | Response;
const video: Answer = () => new Response("the video");
const reset: Answer = () => Promise.reject(new TypeError("fetch failed"));
const status =
  (code: number, headers: HeadersInit = {}): Answer =>
  () =>
    new Response("", { status: code, headers });
const brokenOff: Answer = () =>
  new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode("the v"));
        controller.error(new TypeError("terminated"));
      },
    }),
  );

/** Saves from a host that answers as told, in turn. Gives the file's text or the error, and the seconds of each request. */
async function save(...answers: Answer[]) {
  const startedAt = Date.now();
  const seconds: number[] = [];
  vi.stubGlobal("fetch", async () => {
    seconds.push((Date.now() - startedAt) / 1000);
    return await (answers.shift()?.() ?? Promise.reject(new Error("Asked too often.")));
  });
  const file = join(folder, "new", "a.mp4");
  const saved = saveVideo({ id: "g1", videos: [URL_OF_VIDEO] }, file).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(600_000);
  await saved;
  const text = await readFile(file, "utf8").catch(() => undefined);
  return { saved: await saved, text, seconds, timers: vi.getTimerCount() };
}

test.each<[string, Answer[], number[]]>([
  ["at the first attempt", [video], [0]],
  ["after a host was busy", [status(503), status(502), video], [0, 1, 3]],
  ["after a dropped connection", [reset, video], [0, 1]],
  ["after a file that broke off", [brokenOff, video], [0, 1]],
  ["after the host asked for patience", [status(429, { "retry-after": "30" }), video], [0, 30]],
  ["at the fifth attempt", [reset, status(500), brokenOff, status(408), video], [0, 1, 3, 7, 15]],
])("a video is saved whole %s", async (_, answers, expected) => {
  const { text, seconds, timers } = await save(...answers);
  expect([text, seconds, timers]).toEqual(["the video", expected, 0]);
});

test.each<[string, Answer[], number[]]>([
  ["files.example/a.mp4 answered 404", [status(404)], [0]],
  ["files.example/a.mp4 answered 403", [status(403)], [0]],
  ["answered 429", [status(429, { "retry-after": "3600" })], [0]],
  ["answered 503", [status(503), status(503), status(503), status(503), status(503)], [0, 1, 3, 7, 15]],
])("a video that cannot be had (%s) is no file", async (message, answers, expected) => {
  const { saved, text, seconds, timers } = await save(...answers);
  expect(saved).toMatchObject({ message: expect.stringContaining(message) });
  expect([text, seconds, timers]).toEqual([undefined, expected, 0]);
});

test("no attempt begins more than five minutes after the first", async () => {
  const late = status(503, { "retry-after": "200" });
  const { saved, seconds, timers } = await save(late, late, late);
  expect(saved).toMatchObject({ message: expect.stringContaining("answered 503") });
  expect([seconds, timers]).toEqual([[0, 200], 0]);
});

test("a generation without a video says so", async () => {
  await expect(saveVideo({ id: "g1", videos: [] }, undefined)).rejects.toThrow("no video to save");
});
