// What the step between a video and its row cannot prevent (core/SPEC.md, known gaps).
import { expect, test } from "vitest";
import { videoErrorData } from "../errors.ts";
import type { VideoLedger } from "../ports.ts";
import { copyOf, createDevice, request } from "./__fixtures__/saving-device.ts";

test("a row whose saving was lost without keys, landing late", async () => {
  const { clock, ledger, open, rows, isOver, items } = createDevice();
  let land: (() => Promise<unknown>) | undefined;
  const updateRow: VideoLedger["updateRow"] = (input) => {
    if (land !== undefined || input.change.kind !== "finished") return ledger.updateRow(input);
    land = () => ledger.updateRow(input);
    return Promise.resolve({ ok: false, certainty: "unknown", error: videoErrorData("unreachable") });
  };
  const first = open(() => [], { updateRow });
  first.generate(request);
  await clock.advanceUntil(isOver(first));
  first.dispose();
  void open((videos) => copyOf(videos)).resume();
  await clock.advanceUntil(() => items.size === 0);
  expect(rows()).toEqual(["https://copies.test/job-1.mp4"]);
  await land?.();
  expect(rows()).toEqual(["https://videos.test/job-1.mp4"]);
});
