// The stored records: the order of writes, what is removed and when, what cannot be read, and storages that fail or are shared.
import { resolveVideoRequest } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { encodeRecord } from "../core/journal-record.ts";
import type { GenerationState } from "../core/state.ts";
import { initial } from "../core/transition.ts";
import { systemClock } from "../platform/system.ts";
import type { KeyValueStorage } from "../platform-ports.ts";
import { createJournal, type Journal, type JournalOptions } from "./journal.ts";

const NONE = { kind: "none" };
const LIST = "video-engine:1:user:ids";
const SET_ASIDE_LIST = "video-engine:1:user:set-aside-ids";
const keyOf = (id: string): string => `video-engine:1:user:record:${id}`;

const { request } = resolveVideoRequest({ model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 });
const starting = (id: string): GenerationState =>
  initial({ id, request, credits: 208, createdAt: 0, guarantee: "at-most-once", isSubmitRepeatable: false })[0];
const ended = (id: string, settlement: "captured" | "held" | "unknown"): GenerationState => ({
  name: "completed",
  plan: starting(id).plan,
  held: { credits: "held" },
  decidedAt: 0,
  settlement,
  videos: ["https://videos.test/1.mp4"],
});

/** A storage whose items a test can read, and that fails on request. */
interface Shelf extends KeyValueStorage {
  readonly items: Map<string, string>;
  readonly calls: string[];
  failWhen(fails: (call: string, nth: number) => boolean): void;
}

function createShelf({ isSync = false, hasKeys = false } = {}): Shelf {
  const items = new Map<string, string>();
  const calls: string[] = [];
  let fails = (_call: string, _nth: number): boolean => false;
  const meet = <T>(call: string, run: () => T): T | Promise<T> => {
    calls.push(call);
    if (fails(call, calls.length)) {
      if (isSync) throw new Error("The storage is full.");
      return Promise.reject(new Error("The storage is full."));
    }
    return isSync ? run() : Promise.resolve().then(run);
  };
  return {
    items,
    calls,
    failWhen: (when) => void (fails = when),
    getItem: (key) => meet(`get ${key}`, () => items.get(key) ?? null),
    setItem: (key, value) => meet(`set ${key}`, () => void items.set(key, value)),
    removeItem: (key) => meet(`remove ${key}`, () => void items.delete(key)),
    keys: hasKeys ? () => meet("keys", () => [...items.keys()]) : undefined,
  };
}

interface Opened {
  readonly journal: Journal;
  readonly reports: Parameters<JournalOptions["onUnreadable"]>[0][];
}

function open(storage: KeyValueStorage, user = "user"): Opened {
  const reports: Opened["reports"] = [];
  return {
    journal: createJournal({ storage, user, onUnreadable: (report) => void reports.push(report) }, systemClock),
    reports,
  };
}

const SHELVES = [
  ["an asynchronous storage", {}],
  ["a synchronous storage", { isSync: true }],
  ["an asynchronous storage with keys()", { hasKeys: true }],
  ["a synchronous storage with keys()", { isSync: true, hasKeys: true }],
] as const;

describe.each(SHELVES)("in %s", (_, kind) => {
  test("a record is read again by the next process, and removed when nothing is left to be done for it", async () => {
    const shelf = createShelf(kind);
    expect(await open(shelf).journal.record(starting("g1"))).toBe(true);
    expect(await open(shelf).journal.ids()).toEqual(["g1"]);
    expect(await open(shelf).journal.read("g1")).toEqual({ kind: "state", state: starting("g1") });
    expect(await open(shelf).journal.record(ended("g1", "captured"))).toBe(true);
    expect(await open(shelf).journal.ids()).toEqual([]);
    expect([...shelf.items.values()].join("")).toBe("");
  });

  test.each(["held", "unknown"] as const)(
    "an ended generation whose credits are %s keeps its record",
    async (settlement) => {
      const { journal } = open(createShelf(kind));
      await journal.record(ended("g1", settlement));
      expect(await journal.ids()).toEqual(["g1"]);
      expect(await journal.read("g1")).toMatchObject({ kind: "state", state: { name: "completed", settlement } });
    },
  );

  test("the records of many generations lie side by side, also when written at once", async () => {
    const { journal } = open(createShelf(kind));
    await Promise.all(["g1", "g2", "g3"].map((id) => journal.record(starting(id))));
    await Promise.all([journal.record(ended("g2", "captured")), journal.record(starting("g4"))]);
    expect([...((await journal.ids()) ?? [])].sort()).toEqual(["g1", "g3", "g4"]);
  });

  test("one user's journal neither sees nor touches another's, whatever the users are called", async () => {
    const shelf = createShelf(kind);
    const users = ["user", "user:record:g1", "user%3A", "us", "", "ユーザー", "a,b", "user:ids"];
    for (const user of users) await open(shelf, user).journal.record(starting(`of ${user}`.replaceAll(",", " ")));
    for (const user of users) {
      const { journal } = open(shelf, user);
      const id = `of ${user}`.replaceAll(",", " ");
      expect(await journal.ids()).toEqual([id]);
      for (const other of users.filter((one) => one !== user)) {
        expect(await journal.read(`of ${other}`.replaceAll(",", " "))).toEqual(NONE);
      }
    }
    const before = new Map(shelf.items);
    await open(shelf, "user").journal.record(ended("of user", "captured"));
    const changed = [...before.keys()].filter((key) => shelf.items.get(key) !== before.get(key));
    expect(changed.every((key) => key.startsWith("video-engine:1:user:"))).toBe(true);
  });

  test("the app's own items in the same storage are left alone", async () => {
    const shelf = createShelf(kind);
    shelf.items.set("@video_gen_model_id", "vid-veo-3.1").set("video-engine:2:user:record:g9", "from the future");
    const { journal } = open(shelf);
    await journal.record(starting("g1"));
    expect(await journal.ids()).toEqual(["g1"]);
    await journal.record(ended("g1", "captured"));
    expect(shelf.items.get("@video_gen_model_id")).toBe("vid-veo-3.1");
    expect(shelf.items.get("video-engine:2:user:record:g9")).toBe("from the future");
  });
});

describe("the order of writes", () => {
  test("the list comes before the record, and the record goes before the list", async () => {
    const shelf = createShelf();
    const { journal } = open(shelf);
    await journal.record(starting("g1"));
    expect(shelf.calls).toEqual([`get ${LIST}`, `set ${LIST}`, `get ${LIST}`, `set ${keyOf("g1")}`]);
    shelf.calls.length = 0;
    await journal.record(ended("g1", "captured"));
    expect(shelf.calls).toEqual([`remove ${keyOf("g1")}`, `get ${LIST}`, `set ${LIST}`]);
  });

  test("the list is looked at once more with the second record, and not after that", async () => {
    const shelf = createShelf();
    const { journal } = open(shelf);
    await journal.record(starting("g1"));
    shelf.calls.length = 0;
    for (let write = 0; write < 3; write++) await journal.record(starting("g1"));
    expect(shelf.calls).toEqual([`get ${LIST}`, `set ${keyOf("g1")}`, `set ${keyOf("g1")}`, `set ${keyOf("g1")}`]);
  });

  test("a storage that lists its keys gets no stored list", async () => {
    const shelf = createShelf({ hasKeys: true });
    const { journal } = open(shelf);
    await journal.record(starting("g1"));
    expect(shelf.calls).toEqual([`set ${keyOf("g1")}`]);
  });

  test("an item that is called keys, as localStorage would show it, is not a function to call", async () => {
    const shelf = createShelf();
    const { journal } = open({ ...shelf, keys: "an item" } as unknown as KeyValueStorage); // wrong on purpose
    expect(await journal.record(starting("g1"))).toBe(true);
    expect(await journal.ids()).toEqual(["g1"]);
  });
});

describe("a storage that lists its keys under another name", () => {
  /** A storage with these members beside the three methods. */
  const shelfWith = (shelf: Shelf, members: object): KeyValueStorage => Object.assign({ ...shelf }, members);
  const keysOf = (shelf: Shelf): string[] => [...shelf.items.keys()];
  const asyncStorage = (shelf: Shelf) => shelfWith(shelf, { getAllKeys: () => Promise.resolve(keysOf(shelf)) });
  const webStorage = (shelf: Shelf): KeyValueStorage =>
    new Proxy(shelfWith(shelf, { keys: "an item", key: (index: number) => keysOf(shelf)[index] ?? null }), {
      get: (storage, name): unknown => (name === "length" ? shelf.items.size : Reflect.get(storage, name)),
    });
  const slowStorage = (shelf: Shelf) =>
    shelfWith(shelf, { key: (index: number) => Promise.resolve(keysOf(shelf)[index]), length: 2 });

  test.each([
    ["getAllKeys(), as AsyncStorage does", asyncStorage],
    ["length and key(), as localStorage does", webStorage],
    ["length and a slow key()", slowStorage],
  ])("%s: gets no stored list, and its records are found", async (_, as) => {
    const shelf = createShelf();
    const { journal } = open(as(shelf));
    for (const id of ["g1", "g2"]) await journal.record(starting(id));
    expect([...shelf.items.keys()]).toEqual([keyOf("g1"), keyOf("g2")]);
    expect(await open(as(shelf)).journal.ids()).toEqual(["g1", "g2"]);
  });

  test.each([
    ["items with these names", { keys: "x", getAllKeys: "x", key: "x", length: 3 }],
    ["a length only", { length: 3 }],
    ["a key() without a length", { key: () => null }],
  ])("%s are no list of keys", async (_, others) => {
    const { journal } = open({ ...createShelf(), ...others } as unknown as KeyValueStorage); // wrong on purpose
    expect(await journal.record(starting("g1"))).toBe(true);
    expect(await journal.ids()).toEqual(["g1"]);
  });
});

describe("many records in a storage that cannot list its keys", () => {
  const MANY = Array.from({ length: 1_000 }, (_, index) => `generation-${index}`);
  const written = (shelf: Shelf): ((from: number) => number) => {
    const sizes: number[] = [];
    const set = shelf.setItem.bind(shelf);
    Object.assign(shelf, {
      setItem: (key: string, text: string) => {
        if (key.startsWith(LIST)) sizes.push(text.length);
        return set(key, text);
      },
    });
    return (from) => sizes.slice(from).reduce((sum, size) => sum + size, 0);
  };

  test("started at once are listed together: each list is written once", async () => {
    const shelf = createShelf();
    const { journal } = open(shelf);
    expect(await Promise.all(MANY.map((id) => journal.record(starting(id))))).not.toContain(false);
    const lists = shelf.calls.filter((call) => call.startsWith(`set ${LIST}`));
    // The first one is under way before the others come.
    expect(lists.length).toBeLessThanOrEqual(Math.ceil(MANY.length / 32) + 2);
    expect([...((await open(shelf).journal.ids()) ?? [])].sort()).toEqual([...MANY].sort());
  });

  test("one more start rewrites one short list, however many there are", async () => {
    const shelf = createShelf();
    const { journal } = open(shelf);
    await Promise.all(MANY.map((id) => journal.record(starting(id))));
    const bytes = written(shelf);
    await journal.record(starting("one-more"));
    expect(bytes(0)).toBeGreaterThan(0);
    expect(bytes(0)).toBeLessThan(32 * 20);
  });

  test("that end leave room for others, and nothing in the storage once all have ended", async () => {
    const shelf = createShelf();
    const { journal } = open(shelf);
    await Promise.all(MANY.slice(0, 100).map((id) => journal.record(starting(id))));
    const lists = (): string[] => [...shelf.items.keys()].filter((key) => key.startsWith(LIST));
    const before = lists().length;
    await Promise.all(MANY.slice(0, 50).map((id) => journal.record(ended(id, "captured"))));
    await Promise.all(MANY.slice(200, 250).map((id) => journal.record(starting(id))));
    expect([before, lists().length]).toEqual([4, 4]);
    const left = [...MANY.slice(50, 100), ...MANY.slice(200, 250)];
    expect([...((await journal.ids()) ?? [])].sort()).toEqual([...left].sort());
    await Promise.all(left.map((id) => journal.record(ended(id, "captured"))));
    expect(await open(shelf).journal.ids()).toEqual([]);
    expect(await journal.eraseEmptyLists()).toBe(true);
    expect([...shelf.items.keys()]).toEqual([]);
  });

  test("are found by the next process, which takes them off the lists they are in", async () => {
    const shelf = createShelf();
    await Promise.all(MANY.slice(0, 100).map((id) => open(shelf).journal.record(starting(id))));
    const next = open(shelf).journal;
    expect(await next.ids()).toHaveLength(100);
    await Promise.all(MANY.slice(0, 99).map((id) => next.record(ended(id, "captured"))));
    expect(await next.record(starting("generation-99"))).toBe(true);
    expect(await open(shelf).journal.ids()).toEqual(["generation-99"]);
  });

  test("another tab removes all lists when they are empty: the next start is found all the same", async () => {
    const shelf = createShelf();
    const [one, other] = [open(shelf).journal, open(shelf).journal];
    const full = MANY.slice(0, 32);
    await Promise.all(full.map((id) => other.record(starting(id))));
    await one.record(starting("mine"));
    await one.record(ended("mine", "captured"));
    await Promise.all(full.map((id) => other.record(ended(id, "captured"))));
    expect(await other.eraseEmptyLists()).toBe(true);
    expect([...shelf.items.keys()]).toEqual([]);
    expect(await one.record(starting("next"))).toBe(true);
    expect(await open(shelf).journal.ids()).toEqual(["next"]);
  });

  test("a list that the storage forgets at once stores none of its records, and those of other lists", async () => {
    const shelf = createShelf();
    const { journal } = open({
      ...shelf,
      setItem: (key, value) => (key === `${LIST}:1` ? undefined : shelf.setItem(key, value)),
    });
    const stored: boolean[] = [];
    for (const id of MANY.slice(0, 33)) stored.push(await journal.record(starting(id)));
    expect(stored.filter((isStored) => !isStored)).toHaveLength(1);
    expect(await open(shelf).journal.ids()).toHaveLength(32);
  });

  test("a record whose write hangs keeps no other from being stored", async () => {
    const shelf = createShelf();
    const { journal } = open({
      ...shelf,
      setItem: (key, value) => (key === keyOf("g1") ? new Promise(() => undefined) : shelf.setItem(key, value)),
    });
    void journal.record(starting("g1"));
    expect(await journal.record(starting("g2"))).toBe(true);
    expect([...((await journal.ids()) ?? [])]).toEqual(["g1", "g2"]);
  });
});

describe("a record that cannot be read", () => {
  const good = encodeRecord(starting("g1"));
  test.each([
    ["torn", good.slice(0, 100), "torn"],
    ["empty", "", "torn"],
    ["foreign", '{"state":{"name":"polling"}}', "torn"],
    ["no object at all", "null", "torn"],
    ["of a version that there never was", good.replace('"v":1', '"v":0'), "torn"],
    ["of another generation", encodeRecord(starting("g2")), "shape"],
    ["edited", good.replace("208", "999"), "torn"],
  ] as const)("%s: is set aside whole, reported once, and taken off the list", async (_, text, reason) => {
    const shelf = createShelf();
    shelf.items.set(LIST, "g1,g3").set(keyOf("g1"), text);
    const { journal, reports } = open(shelf);
    expect(await journal.read("g1")).toEqual(NONE);
    const setAsideKey = "video-engine:1:user:set-aside:g1";
    expect(reports).toEqual([{ id: "g1", reason, setAsideKey }]);
    expect(Object.fromEntries(shelf.items)).toEqual({ [LIST]: "g3", [SET_ASIDE_LIST]: "g1", [setAsideKey]: text });
    expect(await journal.read("g1")).toEqual(NONE);
    expect(reports).toHaveLength(1);
  });

  test("of a later version: it is left where it is, and reported once", async () => {
    const shelf = createShelf();
    const text = good.replace('"v":1', '"v":99');
    shelf.items.set(LIST, "g1,g3").set(keyOf("g1"), text);
    const { journal, reports } = open(shelf);
    expect(await journal.read("g1")).toEqual({ kind: "newer" });
    expect(await journal.read("g1")).toEqual({ kind: "newer" });
    expect(reports).toEqual([{ id: "g1", reason: "newer-version", setAsideKey: undefined }]);
    expect(Object.fromEntries(shelf.items)).toEqual({ [LIST]: "g1,g3", [keyOf("g1")]: text });
  });

  test.each([`set video-engine:1:user:set-aside:g1`, `remove ${keyOf("g1")}`, `set ${LIST}`])(
    "is not dropped when the storage fails at: %s",
    async (broken) => {
      const shelf = createShelf();
      shelf.items.set(LIST, "g1").set(keyOf("g1"), "torn text");
      shelf.failWhen((call) => call === broken);
      const { journal } = open(shelf);
      expect(await journal.read("g1")).toEqual({ kind: "failed" });
      expect([...shelf.items.values()]).toContain("torn text");
    },
  );

  test("a listener that throws changes nothing", async () => {
    const shelf = createShelf();
    shelf.items.set(keyOf("g1"), "torn text");
    const onUnreadable = (): never => {
      throw new Error("The app's fault.");
    };
    const journal = createJournal({ storage: shelf, user: "user", onUnreadable }, systemClock);
    expect(await journal.read("g1")).toEqual(NONE);
    expect(shelf.items.get("video-engine:1:user:set-aside:g1")).toBe("torn text");
  });

  test("setting one aside does not lose the listing of another that is written at the same moment", async () => {
    const shelf = createShelf();
    shelf.items.set(LIST, "g1").set(keyOf("g1"), "torn text");
    const { journal } = open(shelf);
    await Promise.all([journal.record(starting("g2")), journal.read("g1"), journal.record(starting("g3"))]);
    expect([...((await journal.ids()) ?? [])].sort()).toEqual(["g2", "g3"]);
  });

  test("a list that is torn or not a text gives what can still be read", async () => {
    const shelf = createShelf();
    shelf.items.set(LIST, "g1,,g2,gener");
    expect(await open(shelf).journal.ids()).toEqual(["g1", "g2", "gener"]);
    const odd = { ...shelf, getItem: () => 5 } as unknown as KeyValueStorage; // wrong on purpose
    expect(await open(odd).journal.ids()).toEqual([]);
    expect(await open(odd).journal.read("g1")).toEqual({ kind: "failed" });
  });

  // Two: where another tab reads in turn with this one, the same wrong text can come twice.
  const glitches = ["torn text", encodeRecord(starting("g2")), good.slice(0, 100)];
  test.each([1, 2])("whose %i reads give another text stays where it is, and is read the next time", async (count) => {
    for (const glitch of glitches) {
      const shelf = createShelf();
      shelf.items.set(LIST, "g1").set(keyOf("g1"), good);
      let left = count;
      const getItem: KeyValueStorage["getItem"] = (key) => {
        if (key !== keyOf("g1") || left === 0) return shelf.getItem(key);
        left -= 1;
        return glitch;
      };
      const { journal, reports } = open({ ...shelf, getItem });
      expect(await journal.read("g1")).toEqual({ kind: "failed" });
      expect(await journal.read("g1")).toEqual({ kind: "state", state: starting("g1") });
      expect(reports).toEqual([]);
    }
  });

  test("beside keys that are no texts is found", async () => {
    const shelf = createShelf({ hasKeys: true });
    shelf.items.set(keyOf("g1"), good);
    const keys = () => [null, 7, ...shelf.items.keys(), undefined] as string[]; // wrong on purpose
    expect(await open({ ...shelf, keys }).journal.ids()).toEqual(["g1"]);
  });

  test.each([[null], [undefined], [7], ["a text"], [[[keyOf("g1"), good]]], [[null, 7]], [new Map([["a", "b"]])]])(
    "is not taken for gone where the storage lists its keys as %j",
    async (listed) => {
      const failures: unknown[] = [];
      const odd = { ...createShelf(), keys: () => listed } as unknown as KeyValueStorage; // wrong on purpose
      const options = { storage: odd, user: "user", onUnreadable: () => undefined };
      const journal = createJournal({ ...options, onFailed: (method) => void failures.push(method) }, systemClock);
      expect(await journal.ids()).toBeUndefined();
      expect(failures).toEqual(["keys"]);
    },
  );
});

describe("a storage that fails", () => {
  const BOTH = [{ isSync: false }, { isSync: true }];

  test.each(BOTH)("at any one call is answered with false, and the next try works: %o", async (kind) => {
    for (let broken = 1; broken <= 7; broken++) {
      const shelf = createShelf(kind);
      const { journal } = open(shelf);
      shelf.failWhen((_, nth) => nth === broken);
      const answers = [
        await journal.record(starting("g1")),
        await journal.record(starting("g1")),
        await journal.record(starting("g1")),
      ];
      expect(answers.filter((stored) => !stored)).toHaveLength(1);
      expect(await journal.ids()).toEqual(["g1"]);
      expect(await journal.read("g1")).toEqual({ kind: "state", state: starting("g1") });
    }
  });

  test.each(BOTH)("at any one call of a removal leaves nothing that would be resumed: %o", async (kind) => {
    for (let broken = 1; broken <= 3; broken++) {
      const shelf = createShelf(kind);
      await open(shelf).journal.record(starting("g1"));
      const { journal } = open(shelf);
      shelf.calls.length = 0;
      shelf.failWhen((_, nth) => nth === broken);
      await journal.record(ended("g1", "captured"));
      const left = await open(shelf).journal.read("g1");
      if (left.kind !== "none") expect(left).toMatchObject({ state: { name: "completed", settlement: "captured" } });
      await journal.record(ended("g1", "captured"));
      expect(shelf.items.has(keyOf("g1"))).toBe(false);
    }
  });

  test("at removing gets the final state written over the record; when that fails too, record() returns false", async () => {
    const shelf = createShelf();
    const { journal } = open(shelf);
    await journal.record(starting("g1"));
    shelf.failWhen((call) => call.startsWith("remove"));
    expect(await journal.record(ended("g1", "captured"))).toBe(true);
    expect(await journal.read("g1")).toMatchObject({
      kind: "state",
      state: { name: "completed", settlement: "captured" },
    });
    shelf.failWhen((call) => call.startsWith("remove") || call.startsWith("set"));
    expect(await journal.record(ended("g1", "captured"))).toBe(false);
    expect(await journal.ids()).toEqual(["g1"]);
  });

  test.each(BOTH)("at reading reports the ids as unknown, and changes nothing: %o", async (kind) => {
    const shelf = createShelf(kind);
    await open(shelf).journal.record(starting("g1"));
    shelf.failWhen(() => true);
    const { journal, reports } = open(shelf);
    expect(await journal.ids()).toBeUndefined();
    expect(await journal.read("g1")).toEqual({ kind: "failed" });
    expect(reports).toEqual([]);
    shelf.failWhen(() => false);
    expect(await journal.read("g1")).toEqual({ kind: "state", state: starting("g1") });
  });

  test("in that it forgets the list at once has not stored the record: no start would find it", async () => {
    const shelf = createShelf();
    const { journal } = open({
      ...shelf,
      setItem: (key, value) => (key === LIST ? undefined : shelf.setItem(key, value)),
    });
    expect(await journal.record(starting("g1"))).toBe(false);
    expect(shelf.items.has(keyOf("g1"))).toBe(false);
  });

  test("for one generation does not hold up another", async () => {
    const shelf = createShelf();
    const { journal } = open(shelf);
    shelf.failWhen((call) => call.endsWith(":g1"));
    expect(await Promise.all([journal.record(starting("g1")), journal.record(starting("g2"))])).toEqual([false, true]);
  });
});

describe("two tabs that write the list at the same moment", () => {
  /** Two journals over one storage whose calls come through one at a time, in a chosen order. */
  function twoTabs() {
    const shelf = createShelf({ isSync: true });
    const waiting: { tab: string; run: () => void }[] = [];
    const tabOf = (tab: string): KeyValueStorage => {
      const turn = <T>(run: () => T): Promise<T> =>
        new Promise((resolve) => waiting.push({ tab, run: () => resolve(run()) }));
      return {
        getItem: (key) => turn(() => shelf.items.get(key) ?? null),
        setItem: (key, value) => turn(() => void shelf.items.set(key, value)),
        removeItem: (key) => turn(() => void shelf.items.delete(key)),
      };
    };
    const settle = async (): Promise<void> => {
      for (let round = 0; round < 30; round++) await Promise.resolve();
    };
    /** Lets calls through in the order of the tabs named, and then whatever is left. */
    const play = async (order: string): Promise<void> => {
      await settle();
      for (const tab of (order + "ab".repeat(40)).split("")) {
        const next = waiting.findIndex((call) => call.tab === tab);
        if (next >= 0) waiting.splice(next, 1)[0]?.run();
        await settle();
      }
    };
    return { shelf, play, a: open(tabOf("a")).journal, b: open(tabOf("b")).journal };
  }

  const ORDERS = Array.from({ length: 2 ** 10 }, (_, bits) =>
    Array.from({ length: 10 }, (__, place) => ((bits >> place) & 1 ? "a" : "b")).join(""),
  );

  test("each is listed once its second record is stored, in every order of their calls", async () => {
    for (const order of ORDERS) {
      const { shelf, play, a, b } = twoTabs();
      const first = [a.record(starting("ga")), b.record(starting("gb"))];
      await play(order);
      expect(await Promise.all(first)).toEqual([true, true]);
      const second = [a.record(starting("ga")), b.record(starting("gb"))];
      await play("");
      await Promise.all(second);
      expect(shelf.items.get(LIST)?.split(",").sort()).toEqual(["ga", "gb"]);
    }
  });

  test("a removal in one does not lose the start in the other, in every order of their calls", async () => {
    for (const order of ORDERS) {
      const { shelf, play, a, b } = twoTabs();
      const before = a.record(starting("ga"));
      await play("aaaa");
      await before;
      const both = [a.record(ended("ga", "captured")), b.record(starting("gb"))];
      await play(order);
      await Promise.all(both);
      const again = b.record(starting("gb"));
      await play("");
      await again;
      expect(shelf.items.get(LIST)?.split(",")).toContain("gb");
      expect(shelf.items.has(keyOf("ga"))).toBe(false);
    }
  });
});
