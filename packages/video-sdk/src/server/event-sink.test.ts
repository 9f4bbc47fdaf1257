// What is told where the app listens to nothing: faults of the settings, each once, and no job.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { VideoError } from "../errors.ts";
import { createEventSink } from "./event-sink.ts";

const clock = { now: () => 0 };
const failed = (error: VideoError) => ({ type: "request-failed", route: "generate-video", error }) as const;
const missing = new VideoError("not-configured", { message: "falProvider() needs the option credentials." });

let printed: unknown[][] = [];

beforeEach(() => {
  printed = [];
  vi.spyOn(console, "error").mockImplementation((...line) => void printed.push(line));
});
afterEach(() => vi.restoreAllMocks());

test("without a listener a fault of the settings is on the console, once, and says how to log it", () => {
  const tell = createEventSink(undefined, clock);
  tell(failed(missing));
  tell(failed(missing));
  tell(failed(new VideoError("rate-limited")));
  expect(printed).toEqual([[expect.stringMatching(/needs the option credentials\. .*`onEvent`/)]]);
});

test("with a listener nothing is", () => {
  const heard: unknown[] = [];
  const tell = createEventSink((event) => void heard.push(event), clock);
  tell(failed(missing));
  expect([printed, heard.length]).toEqual([[], 1]);
});
