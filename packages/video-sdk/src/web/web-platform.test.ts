// What is taken from a runtime, and what is left out where it is not there. The real browser is in test/browser.
import { afterEach, describe, expect, test, vi } from "vitest";
import { webPlatform } from "./web-platform.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A global whose reading is watched. */
function stubGetter(name: string, read: () => unknown): void {
  vi.stubGlobal(name, undefined);
  Object.defineProperty(globalThis, name, { configurable: true, get: read });
}

describe("on a server", () => {
  test("there is no storage and no lifecycle, and nothing is asked or opened", () => {
    const read = vi.fn();
    stubGetter("localStorage", read);
    const open = vi.fn();
    vi.stubGlobal(
      "BroadcastChannel",
      class {
        constructor() {
          open();
        }
      },
    );
    expect(Object.keys(webPlatform()).sort()).toEqual(["locks", "maxHeldQuestions", "tabChannel"]);
    expect(read).not.toHaveBeenCalled();
    expect(open).not.toHaveBeenCalled();
  });

  test("with nothing of a browser's, locks hold among all engines of the process", async () => {
    vi.stubGlobal("navigator", undefined);
    vi.stubGlobal("BroadcastChannel", undefined);
    expect(Object.keys(webPlatform())).toEqual(["locks", "maxHeldQuestions"]);
    const release = await webPlatform().locks.tryLock("a");
    expect(await webPlatform().locks.tryLock("a")).toBeUndefined();
    release?.();
    expect(await webPlatform().locks.tryLock("a")).toBeTypeOf("function");
  });
});

describe("on a page", () => {
  test.each([
    [
      "is closed to it",
      () => {
        throw new Error("The operation is insecure.");
      },
    ],
    ["is null, as in a WebView", () => null],
    ["is missing", () => undefined],
  ])("there is no storage where localStorage %s", (_, read) => {
    vi.stubGlobal("document", {});
    stubGetter("localStorage", read);
    expect(webPlatform()).not.toHaveProperty("storage");
  });

  test("localStorage is the storage", async () => {
    vi.stubGlobal("document", {});
    vi.stubGlobal("localStorage", { getItem: (key: string) => `value of ${key}` });
    expect(await webPlatform().storage?.getItem("a")).toBe("value of a");
  });

  test.each([{ onLine: true }, { onLine: true, locks: null }])(
    "without locks (%o), locks hold within it",
    async (own) => {
      vi.stubGlobal("navigator", own);
      const release = await webPlatform().locks.tryLock("b");
      expect(await webPlatform({ namespace: "other" }).locks.tryLock("b")).toBeUndefined();
      release?.();
    },
  );

  test("locks and the channel carry the namespace", async () => {
    const request = vi.fn(() => Promise.resolve());
    vi.stubGlobal("navigator", { locks: { request } });
    const names: string[] = [];
    vi.stubGlobal(
      "BroadcastChannel",
      class {
        constructor(name: string) {
          names.push(name);
        }
        postMessage() {}
        close() {}
      },
    );
    const { locks, tabChannel } = webPlatform({ namespace: "app" });
    void locks.tryLock("c");
    locks.whenFree?.("c", () => undefined);
    tabChannel?.post("c");
    expect(request.mock.calls.map(([name]: unknown[]) => name)).toEqual(["app:c", "app:c:driver"]);
    expect(names).toEqual(["app"]);
  });
});
