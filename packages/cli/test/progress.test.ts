// The seconds of a progress line, as they are where lines are not renewed.
import type { GenerationSnapshot } from "@video-engine/video-sdk";
import { afterEach, expect, test, vi } from "vitest";
import { createProgress } from "../src/progress.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function snapshot(phase: string, createdAt: number): GenerationSnapshot {
  return { phase, createdAt, isSlow: false, isCanceling: false } as GenerationSnapshot; // all that a line reads
}

test.each([
  ["back", -86_400_000],
  ["forward", 86_400_000],
])("setting the computer's clock %s a day changes no seconds", (_, stepMs) => {
  const lines: string[] = [];
  vi.spyOn(console, "error").mockImplementation((line: string) => void lines.push(line));
  vi.useFakeTimers({ toFake: ["Date", "performance"], now: 1_800_000_000_000 });
  const createdAt = Date.now();
  const progress = createProgress({ isQuiet: false });
  vi.advanceTimersByTime(2_000);
  progress.phase(snapshot("submitting", createdAt));
  vi.setSystemTime(Date.now() + stepMs);
  vi.advanceTimersByTime(1_000);
  progress.phase(snapshot("saving", createdAt));
  expect(lines).toEqual(["submitting            2.0 s", "saving                3.0 s"]);
});

test("a generation of a clock that was ahead has no seconds less than none", () => {
  const lines: string[] = [];
  vi.spyOn(console, "error").mockImplementation((line: string) => void lines.push(line));
  createProgress({ isQuiet: false }).phase(snapshot("saving", Date.now() + 86_400_000));
  expect(lines).toEqual(["saving                0.0 s"]);
});
