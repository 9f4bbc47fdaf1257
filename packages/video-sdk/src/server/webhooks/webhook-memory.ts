// Remembers the webhooks that were dealt with, so that one that is sent twice does its work once. Knows nothing of their content.
import type { Clock } from "../../ports.ts";

/** Where webhooks are remembered. With several instances of a server, keep it in something that they share. */
export interface WebhookMemory {
  /** Remembers a message for a time, in one step. False: it is remembered already. */
  add(messageId: string, lifetimeMs: number): Promise<boolean> | boolean;
  /** Forgets a message whose work failed, so that it counts as new when it is sent again. */
  remove(messageId: string): Promise<void> | void;
}

/** A memory in this process. */
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
