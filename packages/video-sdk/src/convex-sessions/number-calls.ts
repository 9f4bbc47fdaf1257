// Numbers the calls of a generation, so that a repeat after silence has the number of the call that it repeats. Pure.
import type { Effect } from "../core/effect.ts";
import type { NumberCalls } from "../core/transition-result.ts";

/**
 * The operations in the order of their places: the numbers of the first begin at 1,000, those of the second at 2,000. They are stored at the
 * backend for weeks, so the list only grows at its end. Capture and release are one operation.
 */
const OPERATIONS = (
  "slot reserve session row row-outcome settle slot-close " +
  "row-mark row-late row-anew row-outcome-anew row-copied row-refunded row-job reserve-anew"
).split(" ");

/** A row that could not be deleted is marked by a second call of the same step: its numbers are this much higher. */
export const MARK_OFFSET = 100_000;

/**
 * Number = place x 1000 + the refusals heard so far. Only a refusal that was returned takes the next number: it is kept under its own one, and
 * would be answered again. What was thrown, or never answered, keeps its number, because an earlier attempt may still be on its way.
 */
export const numberCalls: NumberCalls = (result, heard) => {
  const [state, effects] = result;
  const { plan } = state;
  const { calls } = plan;
  if (calls === undefined) return result;
  const { session } = calls;
  let steps = calls.steps;
  const refused = "type" in heard && heard.type === "effect-failed" && heard.certainty === "not-done" && heard.isFinal;
  if (refused === true && heard.number !== undefined) {
    // By the number that it answers, so that one which is heard twice counts once.
    const step = OPERATIONS[Math.floor(heard.number / 1_000) - 1] ?? "";
    const refusals = (heard.number % 1_000) + 1;
    const known = steps[step];
    if (known !== undefined && known.refusals < refusals) steps = { ...steps, [step]: { ...known, refusals } };
  }

  let isNumbered = false;
  const numbered = effects.map((effect) => {
    const step =
      effect.type === "attach-job" ? "row-job" : "key" in effect ? String(effect.key).slice(plan.id.length + 1) : "";
    const place = OPERATIONS.indexOf(step) + 1;
    if (place === 0 || !("attempt" in effect) || effect.call !== undefined) return effect;
    isNumbered = true;
    const asked = hashOf(effect);
    const known = steps[step];
    const { firstAt, refusals, argsHash } = known ?? { firstAt: heard.at, refusals: 0, argsHash: asked };
    steps = { ...steps, [step]: { firstAt, refusals, argsHash } };
    const number = place * 1_000 + Math.min(refusals, 999);
    const call = { session, number, firstAt, isFirst: known === undefined, isOther: argsHash !== asked };
    return { ...effect, call };
  });

  if (steps === calls.steps && !isNumbered) return result;
  return [{ ...state, plan: { ...plan, calls: { session, steps } } }, numbered];
};

/** What a repeat must have in common with the first call: not how it is encoded, which another version may do otherwise. */
const ASKED = "type prompt title credits slotId rowId videos result status request model job requestId".split(" ");

/** FNV-1a, 32 bits: against mistakes, not against an attacker. */
function hashOf(effect: Effect): number {
  const text = JSON.stringify(effect, ASKED);
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
