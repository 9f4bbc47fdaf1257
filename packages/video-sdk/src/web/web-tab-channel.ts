// Messages among the tabs of an origin: a BroadcastChannel, open only while it has subscribers or posts. Knows no generation, only texts.
import type { TabChannel } from "../platform-ports.ts";

/** A TabChannel over the BroadcastChannel of this name. */
export function createWebTabChannel(name: string): TabChannel {
  const listeners = new Set<(event: MessageEvent) => void>();
  let channel: BroadcastChannel | undefined;

  /** Undefined where the page may not open one: the messages are best-effort. */
  const open = (): BroadcastChannel | undefined => {
    try {
      channel ??= new BroadcastChannel(name);
    } catch {
      return undefined;
    }
    return channel;
  };

  const closeIfUnused = (): void => {
    if (listeners.size > 0) return;
    channel?.close();
    channel = undefined;
  };

  return {
    post(message) {
      open()?.postMessage(message);
      closeIfUnused();
    },
    subscribe(listener) {
      const hear = ({ data }: MessageEvent): void => {
        if (typeof data === "string") listener(data);
      };
      listeners.add(hear);
      open()?.addEventListener("message", hear);
      return () => {
        listeners.delete(hear);
        channel?.removeEventListener("message", hear);
        closeIfUnused();
      };
    },
  };
}
