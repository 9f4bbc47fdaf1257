// What a hook returns may stand in a dependency list: whatever happens, content that has not changed is the same object, array or function.
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { useState } from "react";
import { describe, expect, test, vi } from "vitest";
import type { Attachment, AttachmentSnapshot } from "../attachments/attachment.ts";
import { createObservable } from "../observable.ts";
import { createReactWorld, mountHook } from "./__fixtures__/react-world.ts";
import * as compat from "./compat/index.ts";
import * as hooks from "./index.ts";
import { shareContent } from "./share-content.ts";

/** Every hook of the entries, as a screen calls it: with arguments that are new objects in each render. */
const CALLS = {
  useAttachment: (given: Attachment) => hooks.useAttachment(given),
  useGeneration: () => hooks.useGeneration("generation-1"),
  "useGeneration, a part": () =>
    hooks.useGeneration("generation-1", (snapshot) => ({ phase: snapshot?.phase, request: { ...snapshot?.request } })),
  useGenerations: () => hooks.useGenerations(),
  useVideoChoices: () => hooks.useVideoChoices({ attachmentImageUrl: { uri: "file:///a.png" } }),
  useVideoEngine: () => hooks.useVideoEngine(),
  useVideoGeneration: () => hooks.useVideoGeneration(),
  useVideoModels: () => hooks.useVideoModels(),
  useVideoSessions: () => hooks.useVideoSessions(),
  useVideoSettings: () => hooks.useVideoSettings(),
  useVideoTiles: () => hooks.useVideoTiles(),
};
const COMPAT_CALLS = { useVideoGeneration: () => compat.useVideoGeneration() };

test.each([
  ["react", hooks, CALLS],
  ["react/compat", compat, COMPAT_CALLS],
])("no hook of ./%s is left out", (_, entry, calls) => {
  const all = Object.keys(entry).filter((name) => name.startsWith("use"));
  const called = Object.keys(calls).map((name) => name.replace(/,.*/, ""));
  expect([...new Set(called)].toSorted()).toEqual(all.toSorted());
});

const UPLOAD: AttachmentSnapshot = {
  id: "file-1",
  status: "uploading",
  sentBytes: 0,
  totalBytes: 100,
  url: undefined,
  error: undefined,
};

/** All hooks in one component, and what may happen to them. */
async function openScreen() {
  const world = createReactWorld({ credits: 2_000 });
  const upload = createObservable(UPLOAD);
  const attachment: Attachment = {
    id: "file-1",
    getSnapshot: upload.get,
    subscribe: upload.subscribe,
    cancel: vi.fn(),
    uploaded: Promise.resolve(UPLOAD),
  };
  let rerender: () => void = () => undefined;
  const newInNameOnly: string[] = [];
  let before: Record<string, unknown> = {};
  const screen = await mountHook(
    world,
    () => {
      const [, set] = useState(0);
      rerender = () => set((count) => count + 1);
      const shown = Object.entries(CALLS).map(([name, call]) => [name, call(attachment)]);
      const after = { ...(Object.fromEntries(shown) as Shown), compat: COMPAT_CALLS.useVideoGeneration() };
      for (const [name, given] of Object.entries(after)) newInNameOnly.push(...namesOfNew(before[name], given, name));
      before = after;
      return after;
    },
    { isStrict: false },
  );
  return { world, screen, upload, newInNameOnly, rerender: () => rerender() };
}

type Screen = Awaited<ReturnType<typeof openScreen>>;
type Shown = { readonly [Name in keyof typeof CALLS]: ReturnType<(typeof CALLS)[Name]> };

/** What can happen: each a name with what it does. */
const HAPPENINGS = {
  "the form generates": ({ screen }) => screen.current.useVideoGeneration.generate({ prompt: "a corgi" }),
  "the old form generates": ({ screen }) => screen.current.compat.generate({ ...OLD_REQUEST }),
  "another screen generates": ({ world }) => world.engine.generate({ model: "vid-veo-3.1", prompt: "a cat" }),
  "a bad request is made": ({ screen }) => screen.current.useVideoGeneration.generate({ prompt: "" }),
  "the next job fails": ({ world }) => world.api.playNext({ fail: "content-rejected" }),
  "the form cancels": ({ screen }) => screen.current.useVideoGeneration.cancel(),
  "the old form cancels": ({ screen }) => screen.current.compat.cancel(),
  "the form is reset": ({ screen }) => screen.current.useVideoGeneration.reset(),
  "the same length is chosen": ({ screen }) => screen.current.useVideoGeneration.updateSettings({ duration: 8 }),
  "a length is chosen": ({ screen }) => screen.current.useVideoSettings.update({ duration: 4 }),
  "a ratio is chosen in the old form": ({ screen }) => screen.current.compat.updateSettings({ aspectRatio: "9:16" }),
  "a model is chosen": ({ screen }) => screen.current.useVideoSettings.select("kling-o1"),
  "the first model is chosen": ({ screen }) => screen.current.useVideoSettings.select("vid-veo-3.1"),
  "the same settings are read": ({ world }) => world.engine.settings.load(),
  "the backend repeats itself": ({ world }) => world.pushBooks(),
  "a session is made": ({ screen }) => screen.current.useVideoSessions.create({ title: "Corgis" }),
  "the first session is shown": ({ screen }) => screen.current.useVideoSessions.select("session-1"),
  "the sessions are read": ({ screen }) => screen.current.useVideoSessions.refresh(),
  "an upload repeats itself": ({ upload }) => upload.set({ ...upload.get() }),
  "an upload goes on": ({ upload }) => upload.set({ ...upload.get(), sentBytes: upload.get().sentBytes + 1 }),
  "the parent renders": ({ rerender }) => rerender(),
} satisfies Readonly<Record<string, (screen: Screen) => unknown>>;

const HALF_AN_HOUR_MS = 1_800_000;
const OLD_REQUEST = { prompt: "a dog", modelId: "vid-veo-3.1", aspectRatio: "16:9", duration: 8 } as const;

/** Milliseconds: a moment, some questions, a whole generation. */
const SOME_TIME_MS = [500, 5_000, 150_000];

const happening = fc.record({
  name: fc.constantFrom(...(Object.keys(HAPPENINGS) as (keyof typeof HAPPENINGS)[])),
  thenMs: fc.constantFrom(0, ...SOME_TIME_MS),
});

/** The paths under which content is the same and identity is not. Members of a list are followed by their key or id. */
function namesOfNew(before: unknown, after: unknown, path: string): readonly string[] {
  if (Object.is(before, after)) return [];
  if (typeof before === "function" && typeof after === "function") return [path];
  if (!isObject(before) || !isObject(after)) return [];
  if (isDeepStrictEqual(before, after)) return [path];
  const earlier = byName(before);
  return Object.entries(byName(after)).flatMap(([name, member]) =>
    namesOfNew(earlier[name], member, `${path}.${name}`),
  );
}

function byName(value: Record<string, unknown>): Record<string, unknown> {
  if (!Array.isArray(value)) return value;
  const nameOf = (item: unknown, at: number): string => {
    const { key, id } = isObject(item) ? item : {};
    const name = key ?? id;
    return typeof name === "string" ? name : `${at}`;
  };
  return Object.fromEntries(value.map((item: unknown, at) => [nameOf(item, at), item]));
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

test("content that has not changed is the same object in every hook, whatever happens", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 3, maxLength: 14 }), async (happenings) => {
      const opened = await openScreen();
      const { world, screen } = opened;
      for (const { name, thenMs } of happenings) {
        await world.tap(() => void HAPPENINGS[name](opened));
        await world.pass(thenMs);
      }
      await world.pass(HALF_AN_HOUR_MS);
      await screen.unmount();
      expect(opened.newInNameOnly).toEqual([]);
    }),
    { numRuns: 60, seed: 12 },
  );
});

test("an effect over the settings runs once in a whole generation", async () => {
  const { world, screen } = await openScreen();
  const { settings } = screen.current.useVideoGeneration;
  const old = screen.current.compat.settings;
  await world.tap(() => screen.current.useVideoGeneration.generate({ prompt: "a corgi" }));
  for (let step = 0; step < 30; step++) {
    await world.pass(5_000);
    expect(screen.current.useVideoGeneration.settings).toBe(settings);
    expect(screen.current.compat.settings).toBe(old);
  }
  expect(screen.current.useVideoGeneration.status).toBe("completed");
});

describe("shareContent", () => {
  const row = { id: "a", videos: ["1"] };

  test.each([
    ["equal content", { a: [row], b: 1 }, { a: [{ ...row, videos: ["1"] }], b: 1 }],
    ["empty lists", [], []],
    ["not a number", { a: Number.NaN }, { a: Number.NaN }],
  ])("%s is the object before", (_, before, next) => {
    expect(shareContent(before, next)).toBe(before);
  });

  test.each([
    ["a field that is there only now", { a: 1 }, { a: 1, b: undefined }],
    ["a field that is gone", { a: 1, b: undefined }, { a: 1 }],
    ["a field by another name", { a: undefined }, { b: undefined }],
    ["a shorter list", [1, 2], [1]],
    ["a list for an object", {}, []],
    ["a value", { a: 1 }, { a: 2 }],
    ["another date of the same time", new Date(0), new Date(0)],
    ["nothing", { a: 1 }, null],
  ])("%s is the new one", (_, before, next) => {
    expect(shareContent(before, next)).toBe(next);
  });

  test("a member of a list is found by its id where it has moved, and shared beside what is new", () => {
    const before = { rows: [row], total: 1 };
    const next = {
      rows: [
        { id: "b", videos: [] },
        { ...row, videos: ["1"] },
      ],
      total: 2,
    };
    const shared = shareContent(before, next);
    expect(shared).toEqual(next);
    expect(shared.rows[1]).toBe(row);
  });

  test("what is new already shares all it can is given as it is", () => {
    const next = { rows: [row, { id: "b", videos: [] }] };
    expect(shareContent({ rows: [row] }, next)).toBe(next);
  });
});
