// Rules about calls that move credits. Each rule keeps its own state and uses no engine and no books.
import { isVideoModelId, quoteVideo, type ResolvedVideoRequest } from "@video-engine/video-models";
import { fieldOf, type CallName, type CallRule, type WatchedCall } from "./watch-calls.ts";
import { decisionOf, type WorldStorage } from "./world-storage.ts";

/** S2: credits are settled only after their reservation was confirmed. */
export function reservedFirst(): CallRule {
  const confirmed = new Set<string | undefined>();
  let isReadBack = false;
  return {
    check: "S2",
    leaving: (call) =>
      isSettling(call) && !isReadBack && !confirmed.has(call.id)
        ? "moves credits whose reservation was not confirmed"
        : undefined,
    answered({ name, id }, answer) {
      if (!answer.ok) return;
      if (name === "reserveCredits") confirmed.add(id);
      isReadBack ||= name === "readReserved";
    },
  };
}

/** S3: credits are settled only as the stored record has decided. */
export function decidedFirst(storage: Pick<WorldStorage, "state">): CallRule {
  return {
    check: "S3",
    leaving(call) {
      if (!isSettling(call)) return undefined;
      const state = storage.state(call.id ?? "");
      const decision = state?.name === "settling" ? decisionOf(state) : undefined;
      if (decision === undefined) return `moves credits while its record says ${state?.name ?? "nothing"}`;
      return (decision === "deliver") === (call.name === "captureCredits")
        ? undefined
        : `was decided as ${decision} and asks for the opposite`;
    },
  };
}

/** G5: capture and release exclude each other. */
export function oneOfTwo(): CallRule {
  const asked = new Map<string | undefined, CallName>();
  return {
    check: "G5",
    leaving(call) {
      if (!isSettling(call)) return undefined;
      const before = asked.get(call.id) ?? call.name;
      asked.set(call.id, before);
      return before === call.name ? undefined : `asks for ${call.name} after ${before}`;
    },
  };
}

/** G9: every amount of a generation is the price that it was begun at, whatever its model costs by now. `begunAt`: that price. */
export function atItsPrice(begunAt: (id: string) => number | undefined): CallRule {
  const amounts = new Map<string | undefined, number>();
  return {
    check: "G9",
    leaving({ name, id, input }) {
      const said = fieldOf(input, "credits");
      const request = name === "submit" ? input : fieldOf(input, "request");
      const amount = typeof said === "number" ? said : undefined;
      const known = amounts.get(id) ?? amount;
      if (amount !== undefined && known !== undefined) amounts.set(id, known);
      if (known === undefined) return undefined;
      if (amount !== known && amount !== undefined) return `moves ${amount} credits after ${known}`;
      const price = begunAt(id ?? "") ?? (request === undefined ? known : priceOf(request));
      return price === known ? undefined : `is charged ${known} credits, and costs ${price ?? "nothing known"}`;
    },
  };
}

function priceOf(request: unknown): number | undefined {
  const model = fieldOf(request, "model");
  // A request that reached a port was resolved by an engine. Only its price matters here.
  return isVideoModelId(model) ? quoteVideo(request as ResolvedVideoRequest).credits : undefined;
}

function isSettling({ name }: WatchedCall): boolean {
  return name === "captureCredits" || name === "releaseCredits";
}
