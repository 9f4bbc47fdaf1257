// When a timeout may be announced (G10): neither missing answers nor time alone are enough.
import { getVideoModel } from "@video-engine/video-models";
import type { PollingPolicy } from "../../core/polling-policy.ts";
import { fieldOf, type CallRule } from "./watch-calls.ts";

const APART_MS = 30_000;

/** A timeout needs two fresh pending answers past the hard limit, at least this far apart. */
export function timedOutFreshly(polling: PollingPolicy): CallRule {
  const acceptedAt = new Map<string | undefined, number>();
  const pendingAt = new Map<string, readonly number[]>();
  return {
    check: "G10",
    answered({ name, id = "", at }, answer) {
      if (!answer.ok) return;
      if (name === "submit" && !acceptedAt.has(id)) acceptedAt.set(id, at);
      if (name !== "status" || fieldOf(answer.value, "kind") !== "pending") return;
      pendingAt.set(id, [...(pendingAt.get(id) ?? []), at]);
    },
    announced({ id, error, model }) {
      if (error?.code !== "timed-out" || model === undefined) return undefined;
      const since = acceptedAt.get(id) ?? 0;
      const { expectedMs } = getVideoModel(model);
      const isOverdue = (at: number): boolean =>
        polling({ model, expectedMs, attempt: 1, misses: 0, elapsedMs: at - since, random: 0 }).isOverdue;
      const fresh = (pendingAt.get(id) ?? []).filter(isOverdue);
      return (fresh.at(-1) ?? 0) - (fresh[0] ?? 0) >= APART_MS
        ? undefined
        : `was given up after ${fresh.length} fresh answers past its limit`;
    },
  };
}
