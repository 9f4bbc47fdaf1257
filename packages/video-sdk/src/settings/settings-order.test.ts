// Whatever the order in which a storage answers or fails: no edit is lost, one write is out at a time, and the last load wins.
import type { VideoModelId, VideoSettings } from "@video-engine/video-models";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSettingsShelf, flush } from "./__fixtures__/settings-shelf.ts";
import { createVideoSettings } from "./create-video-settings.ts";

const KEY = "video-engine:1:settings";
const RUNS = { numRuns: 400, seed: 1 };
const MODELS: readonly VideoModelId[] = ["vid-veo-3.1", "vid-kling-2.6-pro", "pixverse-v5"];
const STORED = {
  "vid-veo-3.1": { aspectRatio: "9:16", resolution: "1080p" },
  "pixverse-v5": { duration: 8 },
  "vid-of-tomorrow": { duration: 30 },
};

type Chosen = Record<string, VideoSettings>;
const modelsIn = (text: string | undefined): Chosen => {
  const record: { models: Chosen } = JSON.parse(text ?? '{"models":{}}');
  return record.models;
};

const STORED_AS_READ = modelsIn(JSON.stringify({ models: STORED }));

const model = fc.constantFrom(...MODELS);
const change: fc.Arbitrary<VideoSettings> = fc.oneof(
  fc.record({ duration: fc.integer({ min: 1, max: 15 }) }),
  fc.record({ generateAudio: fc.boolean() }),
  fc.record({ aspectRatio: fc.constantFrom("16:9" as const, "1:1" as const) }),
);

type Command =
  | { readonly kind: "update"; readonly change: VideoSettings }
  | { readonly kind: "select"; readonly model: VideoModelId }
  | { readonly kind: "load" }
  | { readonly kind: "answer" | "answerAsAsked" | "fail"; readonly nth: number };

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ kind: fc.constant("update" as const), change }),
  fc.record({ kind: fc.constant("select" as const), model }),
  fc.record({ kind: fc.constant("load" as const) }),
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("answer" as const), nth: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("answerAsAsked" as const), nth: fc.nat(3) }) },
  fc.record({ kind: fc.constant("fail" as const), nth: fc.nat(3) }),
);

describe("a storage that answers in any order", () => {
  test("loses no edit, neither on the screen nor in the end, and is never sent two writes at once", async () => {
    await fc.assert(
      fc.asyncProperty(model, fc.array(command, { maxLength: 40 }), async (first, commands) => {
        const shelf = createSettingsShelf({ [KEY]: JSON.stringify({ v: 1, model: "pixverse-v5", models: STORED }) });
        const store = createVideoSettings({ storage: shelf });
        shelf.hold();
        store.select(first);
        const wanted: Chosen = {};
        for (const step of commands) {
          if (step.kind === "load") void store.load();
          else if (step.kind === "select") store.select(step.model);
          else if (step.kind === "update") {
            const { model: current } = store.getSnapshot();
            wanted[current] = { ...wanted[current], ...step.change };
            store.update(step.change);
          } else shelf.held[step.nth]?.[step.kind]();
          await flush();
          const { model: current, chosen } = store.getSnapshot();
          expect(chosen).toMatchObject(wanted[current] ?? {});
          expect(shelf.held.filter(({ name }) => name === "set").length).toBeLessThanOrEqual(1);
        }
        shelf.answerAll();
        await flush();
        store.select("pixverse-v5");
        await flush();
        expect(modelsIn(shelf.items.get(KEY))).toMatchObject(storedWith(wanted));
      }),
      RUNS,
    );
  });

  test("edits before the first answer go to the model that was last used, over what it had", async () => {
    await fc.assert(
      fc.asyncProperty(
        model,
        fc.array(change, { minLength: 1, maxLength: 5 }),
        fc.nat(5),
        async (last, changes, answeredAfter) => {
          const shelf = createSettingsShelf({ [KEY]: JSON.stringify({ v: 1, model: last, models: STORED }) });
          const store = createVideoSettings({ storage: shelf });
          shelf.hold();
          void store.load();
          for (const [nth, one] of changes.entries()) {
            if (nth === answeredAfter) shelf.answerAll();
            await flush();
            store.update(one);
          }
          shelf.answerAll();
          await flush();
          const wanted = storedWith({ [last]: Object.assign({}, ...changes) });
          expect(store.getSnapshot()).toMatchObject({ isLoaded: true, model: last, chosen: wanted[last] ?? {} });
          expect(modelsIn(shelf.items.get(KEY))).toMatchObject(wanted);
        },
      ),
      RUNS,
    );
  });

  test("the last load wins, in whichever order they are answered or fail", async () => {
    const order = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 });
    await fc.assert(
      fc.asyncProperty(order, fc.subarray([0, 1, 2]), async (answers, failing) => {
        const shelf = createSettingsShelf({ [KEY]: "{}" });
        const store = createVideoSettings({ storage: shelf });
        shelf.hold();
        const loads: Promise<void>[] = [];
        for (const _ of answers) {
          loads.push(store.load());
          await flush();
        }
        const calls = shelf.held;
        for (const nth of answers) {
          const models = { "vid-veo-3.1": { duration: nth + 1 } };
          shelf.items.set(KEY, JSON.stringify({ v: 1, model: "vid-veo-3.1", models }));
          calls[nth]?.[failing.includes(nth) ? "fail" : "answer"]();
          await flush();
        }
        await Promise.all(loads);
        expect(store.getSnapshot()).toMatchObject({ isLoaded: true, chosen: { duration: 4 } });
      }),
      RUNS,
    );
  });
});

describe("two tabs do not undo each other", () => {
  const step = fc.record({
    tab: fc.nat(1),
    edit: fc.oneof(
      fc.record({ select: model }),
      { weight: 3, arbitrary: fc.record({ update: change }) },
      fc.record({ clear: fc.constantFrom("duration" as const, "aspectRatio" as const) }),
    ),
  });

  test.each([
    ["a storage that answers at once", { isSync: true }],
    ["a storage that answers later", { isSync: false }],
    ["a storage that can compare and set", { isSync: false, canCompareAndSet: true }],
  ])("on %s: each setting, and the model, is as it was changed last", async (_, options) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const { tabs, shelf } = await openTabs(options);
        const wanted: Chosen = { ...STORED_AS_READ };
        let wantedModel = "pixverse-v5";
        for (const { tab: nth, edit } of steps) {
          const tab = nth === 0 ? tabs[0] : tabs[1];
          const { model: shown } = tab.getSnapshot();
          if ("select" in edit) tab.select((wantedModel = edit.select));
          else if ("update" in edit) wanted[shown] = { ...wanted[shown], ...edit.update };
          else wanted[shown] = omit(wanted[shown], edit.clear);
          if ("update" in edit) tab.update(edit.update);
          if ("clear" in edit) tab.update({ [edit.clear]: undefined });
          await flush();
        }
        expect(modelsIn(shelf.items.get(KEY))).toEqual(wanted);
        expect(JSON.parse(shelf.items.get(KEY) ?? "")).toMatchObject({ model: wantedModel });
      }),
      RUNS,
    );
  });

  test("also when both read before either of them writes, where the storage can compare and set", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3), { maxLength: 40 }), async (answers) => {
        const { tabs, shelf } = await openTabs({ isSync: false, canCompareAndSet: true });
        shelf.hold();
        tabs[0].update({ duration: 12 });
        tabs[1].update({ aspectRatio: "1:1" });
        for (const nth of answers) {
          await flush();
          shelf.held[nth]?.answerAsAsked();
        }
        shelf.answerAll();
        await flush();
        expect(modelsIn(shelf.items.get(KEY))["pixverse-v5"]).toEqual({ duration: 12, aspectRatio: "1:1" });
      }),
      RUNS,
    );
  });

  test("nor do the old keys, which a tab could not store at first, come over what another tab has stored", async () => {
    const shelf = createSettingsShelf({ "@video_gen_model_id": "pixverse-v5", "@video_gen_duration": "8" });
    const [stale, other] = [createVideoSettings({ storage: shelf }), createVideoSettings({ storage: shelf })];
    shelf.failOn("set");
    await Promise.all([stale.load(), other.load()]);
    await flush();
    shelf.failOn();
    other.update({ duration: 5 });
    await flush();
    stale.update({ aspectRatio: "1:1" });
    await flush();
    expect(modelsIn(shelf.items.get(KEY))).toEqual({ "pixverse-v5": { duration: 5, aspectRatio: "1:1" } });
  });
});

async function openTabs(options: Parameters<typeof createSettingsShelf>[1]) {
  const shelf = createSettingsShelf({ [KEY]: JSON.stringify({ v: 1, model: "pixverse-v5", models: STORED }) }, options);
  const open = () => createVideoSettings({ storage: shelf });
  const tabs = [open(), open()] as const;
  await Promise.all(tabs.map((tab) => tab.load()));
  return { shelf, tabs };
}

function omit(settings: VideoSettings = {}, name: keyof VideoSettings): VideoSettings {
  return Object.fromEntries(Object.entries(settings).filter(([key]) => key !== name));
}

/** What is stored at first, with these over it. */
function storedWith(later: Chosen): Chosen {
  const all: Chosen = { ...STORED_AS_READ };
  for (const [id, settings] of Object.entries(later)) all[id] = { ...all[id], ...settings };
  return all;
}
