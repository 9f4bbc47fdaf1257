// Remembers the webhooks that were handled, so that a repeated one is handled once. Does not know their content.
import type { Clock } from "../../ports.ts";

/** Where webhooks are remembered. Several instances of a server must share one. */
export interface WebhookMemory {
  /** Remembers a message for a time, in one step. False: it was remembered already. */
  add(messageId: string, lifetimeMs: number): Promise<boolean> | boolean;
  /** Forgets a message whose handling failed, so that it counts as new when it is sent again. */
  remove(messageId: string): Promise<void> | void;
}

/** Remembers webhooks in this process. */
export function createWebhookMemory(clock: Pick<Clock, "now">): WebhookMemory {
  const endOf = new Map<string, number>();
  return {
    add: (messageId, lifetimeMs) => {
      const now = clock.now();
      for (const [id, end] of endOf) if (end <= now) endOf.delete(id);
      if (endOf.has(messageId)) return false;
      endOf.set(messageId, now + lifetimeMs);
      return true;
    },
    remove: (messageId) => void endOf.delete(messageId),
  };
}
