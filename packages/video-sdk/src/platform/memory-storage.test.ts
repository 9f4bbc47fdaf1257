// The storage that forgets: it keeps texts exactly, in the asynchronous form that other libraries accept too, and shares nothing.
import { systemClock } from "./system.ts";
import { describe, expect, test } from "vitest";
import { createJournal } from "../engine/journal.ts";
import { createMemoryStorage } from "./memory-storage.ts";

describe("a memory storage", () => {
  test.each([
    ["a text", "video-engine:1:user:ids", "g1,g2"],
    ["an empty text, which is not nothing", "key", ""],
    ["a text that is long", "key", "x".repeat(100_000)],
    ["a text of any characters", "キー:%3A\u0000", '{"a":"\ud83c\udfa5\n"}'],
    ["under a name that objects have", "__proto__", "kept"],
    ["under an empty name", "", "kept"],
  ])("returns %s", async (_, key, value) => {
    const storage = createMemoryStorage();
    await storage.setItem(key, value);
    expect(await storage.getItem(key)).toBe(value);
    expect(await storage.getItem(`${key}.`)).toBeNull();
  });

  test("keeps the last of what was set", async () => {
    const storage = createMemoryStorage();
    for (const value of ["first", "second"]) await storage.setItem("key", value);
    expect(await storage.getItem("key")).toBe("second");
  });

  test("gives null for what was never set or was removed, and removes nothing else", async () => {
    const storage = createMemoryStorage();
    for (const key of ["constructor", "toString", "key"]) expect(await storage.getItem(key)).toBeNull();
    await storage.setItem("key", "value");
    await storage.setItem("other", "value");
    await storage.removeItem("key");
    await storage.removeItem("never set");
    expect(await storage.getItem("key")).toBeNull();
    expect(await storage.getItem("other")).toBe("value");
  });

  test("answers with promises, which resolve to what the strict form says", async () => {
    const { getItem, setItem, removeItem } = createMemoryStorage();
    const answers = [setItem("key", "value"), getItem("key"), removeItem("key"), getItem("key")];
    for (const answer of answers) expect(answer).toBeInstanceOf(Promise);
    expect(await Promise.all(answers)).toEqual([undefined, "value", undefined, null]);
  });

  test("has set when it is asked next, without waiting: calls are carried out in their order", async () => {
    const storage = createMemoryStorage();
    void storage.setItem("key", "first");
    void storage.removeItem("key");
    void storage.setItem("key", "last");
    expect(await storage.getItem("key")).toBe("last");
  });

  test("shares nothing with another", async () => {
    const [ours, theirs] = [createMemoryStorage(), createMemoryStorage()];
    await ours.setItem("key", "ours");
    expect(await theirs.getItem("key")).toBeNull();
  });

  test("does as a journal's storage without a list of keys", async () => {
    const storage = createMemoryStorage();
    expect(storage.keys).toBeUndefined();
    const journal = createJournal({ storage, user: "user", onUnreadable: () => undefined }, systemClock);
    expect(await journal.ids()).toEqual([]);
    expect(await journal.read("g1")).toEqual({ kind: "none" });
  });
});
