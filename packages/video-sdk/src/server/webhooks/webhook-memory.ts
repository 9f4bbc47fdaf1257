// Remembers the webhooks that are being handled and that were, so that a repeated one is handled once, and one whose process was killed again.
// Does not know their content.
import type { Clock } from "../../platform-ports.ts";

/** What is known of a webhook: nothing, that some process handles it now, or that it was handled. */
export type WebhookState = "new" | "handling" | "handled";

/** Where webhooks are remembered. Several instances of a server must share one. `redisStores` has one. */
export interface WebhookMemory {
  /** Remembers for a time that a message is being handled, unless it is known, in one step. Returns what was known before. */
  begin(messageId: string, lifetimeMs: number): Promise<WebhookState> | WebhookState;
  /** Remembers for a time that a message was handled. */
  end(messageId: string, lifetimeMs: number): Promise<void> | void;
  /** Forgets a message whose handling failed, so that it counts as new when it is sent again. */
  forget(messageId: string): Promise<void> | void;
}

/** Remembers webhooks in this process. */
export function createWebhookMemory(clock: Pick<Clock, "now">): WebhookMemory {
  const known = new Map<string, { readonly state: WebhookState; readonly end: number }>();
  return {
    begin: (messageId, lifetimeMs) => {
      const now = clock.now();
      for (const [id, { end }] of known) if (end <= now) known.delete(id);
      const state = known.get(messageId)?.state ?? "new";
      if (state === "new") known.set(messageId, { state: "handling", end: now + lifetimeMs });
      return state;
    },
    end: (messageId, lifetimeMs) => void known.set(messageId, { state: "handled", end: clock.now() + lifetimeMs }),
    forget: (messageId) => void known.delete(messageId),
  };
}
