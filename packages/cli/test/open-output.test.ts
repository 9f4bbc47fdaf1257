// The download of a finished video: what is repeated, how often and when, and that the file is complete. Time is simulated.
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openOutput } from "../src/open-output.ts";

const URL_OF_VIDEO = "https://files.example/a.mp4";
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "save-video-"));
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
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
  const output = await openOutput(file);
  let isEnded = false;
  const saved = output
    .save(URL_OF_VIDEO)
    .catch((error: unknown) => error)
    .finally(() => (isEnded = true));
  // The disk is a real one: simulated time stands still until something waits for it.
  while (!isEnded) {
    if (vi.getTimerCount() > 0) await vi.advanceTimersToNextTimerAsync();
    else await new Promise<void>((resolve) => void setImmediate(resolve));
  }
  output.close();
  const text = await readFile(file, "utf8").catch(() => undefined);
  return { saved: await saved, text, seconds, timers: vi.getTimerCount() };
}

test.each<[string, Answer[], number[]]>([
  ["at the first attempt", [video], [0]],
  ["after a host was busy", [status(503), status(502), video], [0, 1, 3]],
  ["after a dropped connection", [reset, video], [0, 1]],
  ["after a file that broke off", [brokenOff, video], [0, 1]],
  ["after an empty file", [() => new Response(""), video], [0, 1]],
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

describe("what cannot be written is refused before anything is paid for", () => {
  test.each([
    ["a folder", "", /is a folder\. Try: --output .*video\.mp4/],
    ["a folder that is not there", "new/", /is a folder/],
    ["a file that is there", "file", /file" is there already, and is not written over\. .* another --output\./],
    ["a file as a folder", "file/a.mp4", /Nothing can be saved as ".*file.a\.mp4": /],
    ["a name that is too long", `${"a".repeat(300)}.mp4`, /its name is too long/],
  ])("%s", async (_, path, sentence) => {
    await writeFile(join(folder, "file"), "mine");
    await expect(openOutput(`${folder}/${path}`)).rejects.toThrow(sentence);
    expect(await readFile(join(folder, "file"), "utf8")).toBe("mine");
  });

  test("a file that is replaced stays as it is until the new one is whole", async () => {
    const file = join(folder, "a.mp4");
    await writeFile(file, "mine");
    const output = await openOutput(file, { replaces: true });
    vi.stubGlobal("fetch", status(404));
    await expect(output.save(URL_OF_VIDEO)).rejects.toThrow("answered 404");
    output.close();
    expect(await readFile(file, "utf8")).toBe("mine");
    expect(await readdir(folder)).toEqual(["a.mp4"]);
  });
});

describe("a file that came there meanwhile is not written over", () => {
  test("two commands that save to one name keep both videos", async () => {
    const file = join(folder, "a.mp4");
    const outputs = await Promise.all([openOutput(file), openOutput(file)]);
    vi.stubGlobal("fetch", video);
    const saved = await Promise.all(outputs.map((output) => output.save(URL_OF_VIDEO)));
    for (const output of outputs) output.close();
    expect(saved.toSorted()).toEqual([join(folder, "a-2.mp4"), file]);
    expect((await readdir(folder)).toSorted()).toEqual(["a-2.mp4", "a.mp4"]);
  });

  test("a default name that is taken gets a number", async () => {
    const file = join(folder, "a.mp4");
    await writeFile(file, "mine");
    const output = await openOutput(file, { isNumbered: true });
    vi.stubGlobal("fetch", video);
    expect(await output.save(URL_OF_VIDEO)).toBe(join(folder, "a-2.mp4"));
    expect(await readFile(file, "utf8")).toBe("mine");
  });

  test("nor is a link, wherever it leads", async () => {
    const link = join(folder, "a.mp4");
    await symlink(join(folder, "nowhere"), link);
    await expect(openOutput(link)).rejects.toThrow("is there already");
    await symlink(folder, join(folder, "linked"));
    const output = await openOutput(join(folder, "linked", "b.mp4"));
    vi.stubGlobal("fetch", video);
    await output.save(URL_OF_VIDEO);
    expect(await readFile(join(folder, "b.mp4"), "utf8")).toBe("the video");
  });
});

test("what was made for a video that never came is removed, and nothing else", async () => {
  await mkdir(join(folder, "mine"));
  for (const place of ["new/deep/a.mp4", "mine/a.mp4"]) (await openOutput(join(folder, place))).close();
  expect(await readdir(folder)).toEqual(["mine"]);
});
