// Progress is bytes that were sent or time that is usual, and otherwise no number at all.
import { getVideoModel } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { snapshotWith, START } from "./__fixtures__/rows-and-snapshots.ts";
import { progressOf } from "./progress-of.ts";

const { p50, p95 } = getVideoModel("vid-veo-3.1").expectedMs;
const polling = snapshotWith({ id: "g1", phase: "polling", acceptedAt: START });
const uploading = (sentBytes: number, totalBytes: number | undefined) =>
  snapshotWith({ id: "g1", phase: "uploading", upload: { sentBytes, totalBytes, files: 2, filesDone: 0 } });

describe("while files are sent", () => {
  test("it is the share of the bytes", () => {
    expect(progressOf(uploading(250, 1_000), START)).toMatchObject({
      fraction: 0.25,
      basis: "bytes",
      renderingMs: undefined,
      phase: "uploading",
      upload: { sentBytes: 250, totalBytes: 1_000, files: 2, filesDone: 0 },
    });
  });

  test("it needs no time, and never passes 1", () => {
    expect(progressOf(uploading(1_200, 1_000))).toMatchObject({ fraction: 1, basis: "bytes" });
  });

  test.each([undefined, 0])("it is not known while the total is %s", (totalBytes) => {
    expect(progressOf(uploading(250, totalBytes), START)).toMatchObject({ fraction: undefined, basis: undefined });
  });
});

describe("while the provider renders", () => {
  test.each([
    ["nothing at the start", 0, 0],
    ["half when half of the videos are done", p50, 0.5],
    ["0.95 when 95 of 100 are", p95, 0.95],
  ])("it is %s", (_, ms, fraction) => {
    expect(progressOf(polling, START + ms)).toMatchObject({ fraction, basis: "expected-time", renderingMs: ms });
  });

  test("it only grows, and stays below 1", () => {
    const fractions = Array.from({ length: 50 }, (_, at) => progressOf(polling, START + (p95 * at) / 49).fraction ?? 9);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(Math.max(...fractions)).toBeLessThan(1);
  });

  test("it is not known once it takes longer than nearly all do", () => {
    expect(progressOf(polling, START + p95 + 1)).toMatchObject({ fraction: undefined, basis: undefined });
  });

  test("it is not known without a time, but what is expected is", () => {
    expect(progressOf(polling)).toMatchObject({
      fraction: undefined,
      renderingMs: undefined,
      expectedMs: { p50, p95 },
    });
  });

  test("a clock that was set back counts as no time", () => {
    expect(progressOf(polling, START - 5_000)).toMatchObject({ fraction: 0, renderingMs: 0 });
  });
});

test.each(["acquiring-slot", "submitting", "saving", "settling", "failed", "canceled"] as const)(
  "while %s there is no number",
  (phase) => {
    const snapshot = snapshotWith({ id: "g1", phase, acceptedAt: START });
    expect(progressOf(snapshot, START + 1_000)).toMatchObject({ phase, fraction: undefined, basis: undefined });
  },
);

test("a completed generation is done", () => {
  expect(progressOf(snapshotWith({ id: "g1", phase: "completed", status: "completed" }))).toMatchObject({
    fraction: 1,
    basis: undefined,
  });
});

test("nothing is expected of a model that does not exist", () => {
  const refused = snapshotWith({ id: "g1", phase: "failed", status: "failed", model: undefined });
  expect(progressOf(refused, START)).toMatchObject({ expectedMs: undefined, fraction: undefined });
});
