// The video that is shown large, in the page's address: `?session=...&video=...`, so that it can be reloaded and shared with oneself.
import { useSyncExternalStore } from "react";

const CHANGED = "large-view";

/** The row of the video that is shown large. */
export function useLargeId(): string | undefined {
  return useSyncExternalStore(
    subscribe,
    () => new URLSearchParams(location.search).get("video") ?? undefined,
    onServer,
  );
}

/** The session that the address names. */
export function sessionInAddress(): string | undefined {
  return new URLSearchParams(location.search).get("session") ?? undefined;
}

/** The address of a video of a session. */
export function addressOf(rowId: string, sessionId: string | undefined): string {
  const url = new URL(location.href);
  url.searchParams.set("video", rowId);
  if (sessionId !== undefined) url.searchParams.set("session", sessionId);
  return url.href;
}

/** Shows a video large. "Back" closes it again; from one to the next, the address is replaced. */
export function showLarge(rowId: string, sessionId: string | undefined): void {
  const isOpen = new URLSearchParams(location.search).has("video");
  history[isOpen ? "replaceState" : "pushState"]({ isOurs: !isOpen || isOurs() }, "", addressOf(rowId, sessionId));
  dispatchEvent(new Event(CHANGED));
}

/** Closes it. */
export function closeLarge(): void {
  if (isOurs()) return history.back();
  const url = new URL(location.href);
  url.searchParams.delete("video");
  url.searchParams.delete("session");
  history.replaceState(null, "", url.href);
  dispatchEvent(new Event(CHANGED));
}

// Whether the page was there before, so that going back leads to it.
function isOurs(): boolean {
  const { isOurs: ours }: { readonly isOurs?: unknown } = Object(history.state);
  return ours === true;
}

function subscribe(listener: () => void): () => void {
  addEventListener("popstate", listener);
  addEventListener(CHANGED, listener);
  return () => {
    removeEventListener("popstate", listener);
    removeEventListener(CHANGED, listener);
  };
}

const onServer = (): undefined => undefined;
