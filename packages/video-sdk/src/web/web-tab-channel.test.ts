// TabChannel over Node's own BroadcastChannel, and over one that is refused.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createWebTabChannel } from "./web-tab-channel.ts";

let open: number;

beforeEach(() => {
  open = 0;
  vi.stubGlobal(
    "BroadcastChannel",
    class extends BroadcastChannel {
      constructor(name: string) {
        super(name);
        open++;
      }
      override close(): void {
        super.close();
        open--;
      }
    },
  );
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("the tab channel", () => {
  test("opens no channel before the first post or subscriber, and closes it after the last subscriber", () => {
    const tabChannel = createWebTabChannel("tabs");
    expect(open).toBe(0);
    tabChannel.post("a");
    expect(open).toBe(0);
    const [stopOne, stopTwo] = [tabChannel.subscribe(() => undefined), tabChannel.subscribe(() => undefined)];
    tabChannel.post("b");
    expect(open).toBe(1);
    stopOne();
    stopOne();
    expect(open).toBe(1);
    stopTwo();
    expect(open).toBe(0);
  });

  test("reaches all subscribers of other tabs, also from a tab without subscribers, and none that has unsubscribed", async () => {
    const listening = createWebTabChannel("tabs");
    const heard: string[] = [];
    const stopped = listening.subscribe((id) => heard.push(`stopped ${id}`));
    stopped();
    const stop = await new Promise<() => void>((resolve) => {
      const stopFirst = listening.subscribe((id) => heard.push(`first ${id}`));
      const stopSecond = listening.subscribe((id) => {
        heard.push(`second ${id}`);
        resolve(() => {
          stopFirst();
          stopSecond();
        });
      });
      listening.post("own");
      createWebTabChannel("other tabs").post("other");
      createWebTabChannel("tabs").post("a");
    });
    stop();
    expect(heard).toEqual(["first a", "second a"]);
  });

  test("passes over messages that are no ids", async () => {
    const tabChannel = createWebTabChannel("tabs");
    const channel = new BroadcastChannel("tabs");
    const heard = new Promise((resolve) => {
      const stop = tabChannel.subscribe((id) => {
        stop();
        resolve(id);
      });
    });
    channel.postMessage({ id: "a" });
    channel.postMessage("b");
    expect(await heard).toBe("b");
    channel.close();
  });

  test("never throws where the page may have no channel", () => {
    vi.stubGlobal(
      "BroadcastChannel",
      class {
        constructor() {
          throw new Error("The operation is insecure.");
        }
      },
    );
    const tabChannel = createWebTabChannel("tabs");
    tabChannel.post("a");
    const stop = tabChannel.subscribe(() => undefined);
    expect(stop).not.toThrow();
  });
});
