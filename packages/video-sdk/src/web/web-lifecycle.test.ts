// The rules of the page's lifecycle over a page that is made up, so that it can also go into a browser's back/forward cache.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createWebLifecycle } from "./web-lifecycle.ts";

let page: EventTarget;
let listeners: number;

beforeEach(() => {
  page = new EventTarget();
  listeners = 0;
  vi.stubGlobal("navigator", { onLine: true });
  vi.stubGlobal("document", { visibilityState: "visible" });
  vi.stubGlobal("addEventListener", (...given: Parameters<EventTarget["addEventListener"]>) => {
    listeners++;
    page.addEventListener(...given);
  });
  vi.stubGlobal("removeEventListener", (...given: Parameters<EventTarget["removeEventListener"]>) => {
    listeners--;
    page.removeEventListener(...given);
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

function show(visibilityState: "visible" | "hidden"): void {
  vi.stubGlobal("document", { visibilityState });
  say("visibilitychange");
}

function say(...types: string[]): void {
  for (const type of types) page.dispatchEvent(new Event(type));
}

/** The pause after each change that it reports. */
function watch(pollsWhenHidden = false): { pauses: (string | undefined)[]; stop: () => void } {
  const lifecycle = createWebLifecycle({ pollsWhenHidden });
  const pauses: (string | undefined)[] = [];
  return { pauses, stop: lifecycle.subscribe(() => pauses.push(lifecycle.getPause())) };
}

describe("a page", () => {
  test("is read at each call, without a subscriber", () => {
    const { getPause } = createWebLifecycle({ pollsWhenHidden: false });
    expect(getPause()).toBeUndefined();
    vi.stubGlobal("document", { visibilityState: "hidden" });
    expect(getPause()).toBe("background");
    vi.stubGlobal("navigator", { onLine: false });
    expect(getPause()).toBe("offline");
    expect(listeners).toBe(0);
  });

  test("is online where that is unknown, and visible where there is no document", () => {
    vi.stubGlobal("navigator", {});
    vi.stubGlobal("document", undefined);
    expect(createWebLifecycle({ pollsWhenHidden: false }).getPause()).toBeUndefined();
  });

  test("reports each change once", () => {
    const { pauses } = watch();
    show("hidden");
    say("freeze", "resume", "online");
    show("visible");
    say("pageshow");
    expect(pauses).toEqual(["background", undefined]);
  });

  test("that goes into the back/forward cache is in the background until it comes back", () => {
    const { pauses } = watch(true);
    say("pagehide");
    expect(pauses).toEqual([]);
    show("hidden");
    expect(pauses).toEqual(["background"]);
    say("pageshow");
    expect(pauses).toEqual(["background", undefined]);
  });

  test("that is seen is never in the background, whatever came before", () => {
    const { pauses } = watch();
    say("freeze", "pagehide");
    expect(pauses).toEqual([]);
  });
});

describe("listening", () => {
  test("leaves nothing behind once every listener has unsubscribed", () => {
    const first = watch();
    const each = listeners;
    const second = watch();
    expect(each).toBeGreaterThan(0);
    expect(listeners).toBe(2 * each);
    first.stop();
    expect(listeners).toBe(each);
    show("hidden");
    expect([first.pauses, second.pauses]).toEqual([[], ["background"]]);
    second.stop();
    expect(listeners).toBe(0);
  });
});
