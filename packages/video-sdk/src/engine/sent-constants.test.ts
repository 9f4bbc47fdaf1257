// What an update of the app would change in a call that is repeated under its key: it is stored with the generation, and sent as it was.
import { quoteVideo } from "@video-engine/video-models";
import { expect, test } from "vitest";
import { openLedger } from "../convex/__fixtures__/ledger-world.ts";
import { recordRow } from "../core/acquiring.ts";
import { decodeRecord, encodeRecord } from "../core/journal-record.ts";
import type { GenerationPlan, GenerationState } from "../core/state.ts";
import { initial } from "../core/transition.ts";
import { createFakeVideoApi } from "../testing/fake-video-api.ts";
import { createPerformEffect } from "./perform-effect.ts";
import { planRequest } from "./plan-request.ts";
import { noFiles } from "./request-files.ts";

function planWith(sentFields: readonly string[] | undefined): GenerationPlan {
  const planned = planRequest(
    { request: { model: "vid-veo-3.1-fast", prompt: "a corgi", duration: 8 }, files: [], issues: [] },
    {
      ...{ id: "g1", createdAt: 1_767_225_600_000, guarantee: "exactly-once", isSubmitRepeatable: false },
      ...{ quote: quoteVideo, registry: undefined, sentFields },
    },
  );
  if ("error" in planned) throw new Error(planned.error.message);
  return planned.plan;
}

/** What the function is sent for a plan, by an app that sends these fields. */
async function sentFor(plan: GenerationPlan, fields: "all" | "probe" | readonly []) {
  const { ledger, clock, sent } = openLedger(() => "row-1", { takesOperationIds: true, fields });
  const perform = createPerformEffect({ api: createFakeVideoApi({ clock }), ledger, files: noFiles.uploads });
  const effect = recordRow(plan, { attempt: 1, sessionId: "session-1", slotId: "slot-1" });
  await perform(effect, { signal: new AbortController().signal, onProgress: () => undefined });
  return sent().at(-1)?.args;
}

test("a plan has the label of the release that began it, and the fields of its app", () => {
  expect(planWith(["videos"]).sent).toEqual({ label: "Veo 3.1 Fast", fields: ["videos"] });
  expect(planWith([])).toMatchObject({ sent: { fields: [] } });
  expect(planWith(undefined).sent).toBeUndefined();
});

test.each([["all"], ["probe"], [[]]] as const)("are sent as stored by an app that is set to %j", async (fields) => {
  const plan = { ...planWith([]), sent: { label: "Veo as it was", fields: ["creditsUsed", "of a later version"] } };
  const args = await sentFor(plan, fields);
  expect(args).toMatchObject({ modelLabel: "Veo as it was", creditsUsed: plan.credits });
  expect(args).not.toHaveProperty("videos");
});

test("a generation of an earlier version is sent what the app is set to", async () => {
  expect(await sentFor(planWith(undefined), "all")).toMatchObject({ modelLabel: "Veo 3.1 Fast", videos: [] });
});

test("are read from a record, and only where they are whole", () => {
  const plan = planWith(["videos"]);
  const [state] = initial(plan);
  const read = (sent: unknown) => decodeRecord(encodeRecord({ ...state, plan: { ...plan, sent } } as GenerationState));
  expect(read(plan.sent)).toMatchObject({ state: { plan: { sent: plan.sent } } });
  expect(read({ label: "Veo" })).not.toHaveProperty("state");
});
