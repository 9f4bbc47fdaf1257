// Numbers the calls of a generation, so that a repeat after silence has the number of the call that it repeats. Pure.
import type { Effect, OutsideEffect } from "../core/effect.ts";
import type { NumberedStep } from "../core/call-numbers.ts";
import type { NumberCalls } from "../core/transition-result.ts";

/**
 * The place of each operation: its numbers begin at a thousand times this. They are stored at the backend for weeks, so an entry is never
 * changed, nor its place given to another one. Capture and release are one operation.
 */
const PLACES: Readonly<Record<string, number>> = {
  slot: 1,
  reserve: 2,
  session: 3,
  row: 4,
  "row-outcome": 5,
  settle: 6,
  "slot-close": 7,
  "row-mark": 8,
  "row-late": 9,
  "row-anew": 10,
  "row-outcome-anew": 11,
  "row-copied": 12,
  "row-refunded": 13,
  "row-job": 14,
};
const PER_STEP = 1_000;

/** A row that could not be deleted is marked by a second call of the same step: its numbers are this much higher. */
export const MARK_OFFSET = 100 * PER_STEP;

/**
 * Number = place x 1000 + the refusals heard so far. Only a refusal that was returned takes the next number: it is kept under its own one, and
 * would be answered again. What was thrown, or never answered, keeps its number, because an earlier attempt may still be on its way.
 */
export const numberCalls: NumberCalls = (result, heard) => {
  const [state, effects] = result;
  const { plan } = state;
  if (plan.calls === undefined) return result;
  const { session, steps: before } = plan.calls;
  let steps = "type" in heard ? withRefusal(before, heard) : before;

  const numbered = effects.map((effect): Effect => {
    const step = stepOf(effect, plan.id);
    if (step === undefined || !("attempt" in effect) || effect.call !== undefined) return effect;
    const argsHash = hashOf(JSON.stringify(argumentsOf(effect)));
    const known = steps[step];
    const { firstAt, refusals, argsHash: askedFor } = known ?? { firstAt: heard.at, refusals: 0, argsHash };
    steps = { ...steps, [step]: { firstAt, refusals, argsHash: askedFor } };
    const number = (PLACES[step] ?? 0) * PER_STEP + Math.min(refusals, PER_STEP - 1);
    const call = { session, number, firstAt, isFirst: known === undefined, isOther: askedFor !== argsHash };
    return { ...effect, call };
  });

  if (steps === before) return numbered.every((effect, at) => effect === effects[at]) ? result : [state, numbered];
  return [{ ...state, plan: { ...plan, calls: { session, steps } } }, numbered];
};

type Steps = Readonly<Record<string, NumberedStep>>;

/** Counts a refusal by the number that it answers, so that one which is heard twice counts once. */
function withRefusal(steps: Steps, event: Parameters<NumberCalls>[1]): Steps {
  if (!("type" in event) || event.type !== "effect-failed") return steps;
  const { isFinal = false, certainty, number } = event;
  if (!isFinal || certainty !== "not-done" || number === undefined) return steps;
  const place = Math.floor(number / PER_STEP);
  const [step, known] = Object.entries(steps).find(([name]) => PLACES[name] === place) ?? [];
  const refusals = (number % PER_STEP) + 1;
  if (step === undefined || known === undefined || known.refusals >= refusals) return steps;
  return { ...steps, [step]: { ...known, refusals } };
}

/** The operation of an effect: what its key says behind the generation's id. Undefined: it is no call to the books. */
function stepOf(effect: Effect, id: string): string | undefined {
  if (effect.type === "attach-job") return "row-job";
  if (effect.type === "submit-job" || !("key" in effect)) return undefined;
  const operation = effect.key.slice(id.length + 1);
  return Object.hasOwn(PLACES, operation) ? operation : undefined;
}

/** What a repeat must have in common with the first call: not how it is encoded, which another version may do otherwise. */
function argumentsOf(effect: OutsideEffect): readonly unknown[] {
  switch (effect.type) {
    case "acquire-slot":
      return [effect.type, effect.prompt];
    case "create-session":
      return [effect.type, effect.title];
    case "record-row":
      return [
        effect.type,
        effect.sessionId,
        effect.slotId,
        effect.request.model,
        effect.request.prompt,
        effect.credits,
      ];
    case "reserve-credits":
    case "capture-credits":
    case "release-credits":
      return [effect.type, effect.credits];
    case "save-row":
    case "update-row":
      return [effect.type, effect.rowId, ...effect.videos];
    case "mark-row-failed":
    case "mark-refunded":
      return [effect.type, effect.rowId];
    case "attach-job":
      return [effect.type, effect.rowId, effect.job.requestId];
    case "close-slot":
      return [effect.type, effect.slotId, effect.result.status];
    default:
      return [effect.type];
  }
}

/** FNV-1a, 32 bits: against mistakes, not against an attacker. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
