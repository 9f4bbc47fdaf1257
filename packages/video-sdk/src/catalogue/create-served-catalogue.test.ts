// What is kept of a catalogue is waited for by the settings: whatever its storage does, that wait ends.
import { expect, test } from "vitest";
import type { KeyValueStorage } from "../platform-ports.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createServedCatalogue } from "./create-served-catalogue.ts";

const http = {
  baseUrl: "https://app.example",
  getToken: () => "token",
  fetch: () => Promise.reject(new TypeError("")),
};
const storageWith = (getItem: () => unknown): KeyValueStorage => ({
  getItem: getItem as KeyValueStorage["getItem"],
  setItem: () => undefined,
  removeItem: () => undefined,
});

test.each<[string, () => unknown, number]>([
  ["hangs", () => new Promise(() => undefined), 10_000],
  ["rejects", () => Promise.reject(new Error("locked")), 0],
  [
    "throws",
    () => {
      throw new Error("locked");
    },
    0,
  ],
  ["answers with what is no text", () => 5, 0],
  ["answers with what is no JSON", () => "{", 0],
])("a storage that %s leaves the models of the release, and no timer", async (_, getItem, waitsMs) => {
  const clock = createTestClock();
  const catalogue = createServedCatalogue({ http, clock, storage: storageWith(getItem) });
  let isRead = false;
  void catalogue.read().then(() => (isRead = true));
  await clock.advance(waitsMs);
  expect(isRead).toBe(true);
  expect(catalogue.getSnapshot()).toBe(catalogue.getInitialSnapshot());
  expect(clock.pending).toBe(0);
});
