// What a browser keeps for the engine: shared by tabs, and full, closed or lost.
import { join } from "node:path";
import type { Frame, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type {} from "./pages/platform-page.ts";
import { withBrowser } from "./with-browser.ts";

const browser = withBrowser(join(import.meta.dirname, "pages/platform-page.ts"));

const KEY = "video-engine:1:ada:record:a";

describe("localStorage", () => {
  test("is written when the call returns, and then shared by all tabs", async () => {
    const [one, two] = await browser.openTwo();
    const written = await one.evaluate((key) => {
      void sdk.platform.storage?.setItem(key, "written");
      return localStorage.getItem(key);
    }, KEY);
    expect(written).toBe("written");
    await two.waitForFunction(async (key) => (await sdk.platform.storage?.getItem(key)) === "written", KEY);
  });

  test("lists the keys of the SDK and no others", async () => {
    const tab = await browser.openTab();
    const keys = await tab.evaluate(async (key) => {
      localStorage.setItem("theme", "dark");
      await sdk.platform.storage?.setItem(key, "kept");
      await sdk.platform.storage?.setItem("video-engine:gone", "1");
      await sdk.platform.storage?.removeItem("video-engine:gone");
      return [...((await sdk.platform.storage?.keys?.()) ?? [])];
    }, KEY);
    expect(keys).toEqual([KEY]);
  });

  test("that is full rejects, and keeps what it had", async () => {
    const tab = await browser.openTab();
    const said = await tab.evaluate(async (key) => {
      await sdk.platform.storage?.setItem(key, "before");
      const written = Promise.resolve(sdk.platform.storage?.setItem(key, "x".repeat(6_000_000)));
      return [await written.catch((error: Error) => error.name), await sdk.platform.storage?.getItem(key)];
    }, KEY);
    expect(said).toEqual(["QuotaExceededError", "before"]);
  });
});

describe("IndexedDB", () => {
  test("lets one of two tabs set a text that both expect", async () => {
    const tabs = await browser.openTwo();
    const set = (tab: Page, text: string) =>
      tab.evaluate(async ([key = "", next = ""]) => await sdk.database.compareAndSet(key, null, next), [KEY, text]);
    const answers = await Promise.all(tabs.map((tab, nth) => set(tab, `of tab ${nth}`)));
    expect(answers.filter((isSet) => isSet)).toHaveLength(1);
    const kept = await tabs[0].evaluate(async (key) => await sdk.database.getItem(key), KEY);
    expect(kept).toBe(`of tab ${answers.indexOf(true)}`);
  });

  test("keeps what was written, for other tabs and after a reload", async () => {
    const [one, two] = await browser.openTwo();
    await one.evaluate(async (key) => {
      await sdk.database.setItem(key, "first");
      await sdk.database.setItem(key, "second");
      await sdk.database.setItem("gone", "1");
      await sdk.database.removeItem("gone");
    }, KEY);
    await one.reload();
    for (const tab of [one, two]) {
      const found = await tab.evaluate(async (key) => {
        const keys = [...((await sdk.database.keys?.()) ?? [])];
        return [await sdk.database.getItem(key), await sdk.database.getItem("gone"), keys];
      }, KEY);
      expect(found).toEqual(["second", null, [KEY]]);
    }
  });

  test("asks for writes that survive a power cut", async () => {
    const tab = await browser.openTab();
    const durability = await tab.evaluate(async () => {
      const asked: (string | undefined)[] = [];
      const transaction = IDBDatabase.prototype.transaction;
      IDBDatabase.prototype.transaction = function (...given) {
        asked.push(given[2]?.durability);
        return transaction.apply(this, given);
      };
      await sdk.database.setItem("a", "1");
      return asked;
    });
    expect(durability).toEqual(["strict"]);
  });

  test("that is full rejects, and works again when there is room", async () => {
    const tab = await browser.openTab();
    const session = await tab.context().newCDPSession(tab);
    const origin = browser.origin();
    await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1_000 });
    expect(await outcomeOf(tab, "x".repeat(100_000))).toBe("QuotaExceededError");
    await session.send("Storage.overrideQuotaForOrigin", { origin });
    expect(await outcomeOf(tab, "x")).toBe("written");
  });

  test("lets another tab delete it, and begins anew", async () => {
    const [one, two] = await browser.openTwo();
    expect(await outcomeOf(one, "before")).toBe("written");
    await two.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const request = indexedDB.deleteDatabase("video-engine");
          request.onsuccess = resolve;
          request.onblocked = reject;
        }),
    );
    expect(await one.evaluate(async (key) => await sdk.database.getItem(key), KEY)).toBeNull();
    expect(await outcomeOf(one, "after")).toBe("written");
  });

  test("that leaves an open unanswered is opened again", async () => {
    const tab = await browser.openTab();
    await tab.evaluate(() => {
      const { open } = IDBFactory.prototype;
      const { setTimeout: wait } = window;
      window.setTimeout = ((run: TimerHandler, delayMs = 0) => wait(run, delayMs / 100)) as typeof window.setTimeout;
      let opened = 0;
      IDBFactory.prototype.open = function (...given) {
        opened += 1;
        if (opened > 1) return open.apply(this, given);
        return Object.create(IDBOpenDBRequest.prototype, {
          onsuccess: { writable: true },
          onerror: { writable: true },
          onupgradeneeded: { writable: true },
        }) as IDBOpenDBRequest;
      };
    });
    expect(await outcomeOf(tab, "written late")).toBe("written");
    expect(await tab.evaluate(async (key) => await sdk.database.getItem(key), KEY)).toBe("written late");
  });

  test("whose connection was closed unseen is opened again", async () => {
    const tab = await browser.openTab();
    expect(await outcomeOf(tab, "before")).toBe("written");
    await tab.evaluate(() => {
      const transaction = IDBDatabase.prototype.transaction;
      IDBDatabase.prototype.transaction = function (...given) {
        IDBDatabase.prototype.transaction = transaction;
        this.close();
        return transaction.apply(this, given);
      };
    });
    expect(await outcomeOf(tab, "after")).toBe("written");
    expect(await tab.evaluate(async (key) => await sdk.database.getItem(key), KEY)).toBe("after");
  });

  test("that the browser clears begins anew", async () => {
    const tab = await browser.openTab();
    expect(await outcomeOf(tab, "before")).toBe("written");
    const session = await tab.context().newCDPSession(tab);
    await session.send("Storage.clearDataForOrigin", { origin: browser.origin(), storageTypes: "indexeddb" });
    expect(await outcomeOf(tab, "after")).toBe("written");
  });

  test("is what a worker has, where the platform finds no storage", async () => {
    const tab = await browser.openTab();
    const started = tab.waitForEvent("worker");
    await tab.evaluate(() => void new Worker("/page.js"));
    const worker = await started;
    expect(await worker.evaluate(() => Object.keys(sdk.platform).sort())).toEqual([
      "lifecycle",
      "locks",
      "maxHeldQuestions",
      "tabChannel",
    ]);
    await worker.evaluate((key) => sdk.database.setItem(key, "by a worker"), KEY);
    expect(await tab.evaluate(async (key) => await sdk.database.getItem(key), KEY)).toBe("by a worker");
    expect(await worker.evaluate(() => sdk.platform.lifecycle?.getPause())).toBeUndefined();
  });
});

describe("a frame that may keep nothing", () => {
  test("has a platform without a storage, and nothing in it throws", async () => {
    const frame = await openSandboxedFrame(await browser.openTab());
    expect(await frame.evaluate(() => Object.keys(sdk.platform).sort())).toEqual([
      "lifecycle",
      "locks",
      "maxHeldQuestions",
      "tabChannel",
    ]);
    const said = await frame.evaluate(async () => {
      sdk.listen();
      sdk.platform.tabChannel?.post("a");
      sdk.watch();
      await sdk.wait("a").catch(() => undefined);
      const locked = await sdk.lock("a").catch((error: Error) => error.name);
      return [sdk.platform.lifecycle?.getPause(), locked, await sdk.hasCalledBack("a")];
    });
    expect(said).toEqual([undefined, "SecurityError", false]);
  });

  test("has an IndexedDB that rejects", async () => {
    const frame = await openSandboxedFrame(await browser.openTab());
    expect(await outcomeOf(frame, "x")).toBe("SecurityError");
  });
});

/** "written", or the name of the error. */
function outcomeOf(tab: Page | Frame, value: string): Promise<string> {
  const write = ([key, text]: readonly [string, string]): Promise<string> =>
    Promise.resolve(sdk.database.setItem(key, text)).then(
      () => "written",
      (error: Error) => error.name,
    );
  return tab.evaluate(write, [KEY, value] as const);
}

async function openSandboxedFrame(tab: Page): Promise<Frame> {
  await tab.setContent(`<iframe sandbox="allow-scripts" src="${browser.origin()}/frame"></iframe>`);
  const frame = tab.frames().find((found) => found.url().endsWith("/frame"));
  if (frame === undefined) throw new Error("The frame did not load.");
  await frame.waitForLoadState();
  return frame;
}
