// The faults that an engine of this kind is tempted to have, each as one change of the source. Data: what is replaced, and which piece of
// the world must see it. hand-mutants.test.ts applies them while the source is loaded; nothing on disk is changed.
import type { CheckId } from "../../src/testing/world/checks.ts";
import type { PieceName } from "./pieces.ts";

/** One place of the source that is changed. */
export interface Mutation {
  /** Relative to `src`. */
  readonly file: string;
  /** Must stand in the file exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** One change of the source that must be seen. */
export interface HandMutant extends Mutation {
  readonly name: string;
  /** Where it takes a second place. */
  readonly also?: Mutation;
  readonly piece: PieceName;
  /** The check that the piece reports first. */
  readonly killedBy: CheckId;
}

const NOTHING_IS_TRIED_AGAIN: Mutation = {
  file: "core/ended.ts",
  find: "if (!steps.some(isDue)) return stay(state);",
  replace: "return stay(state);",
};

/** Every mutant of the design's list that there is a place for here. */
export const HAND_MUTANTS: readonly HandMutant[] = [
  {
    name: "the app saves a video that no record has yet",
    file: "engine/write-ahead.ts",
    find: 'return type === "check-status" ||',
    replace: 'return type === "save-videos" || type === "check-status" ||',
    piece: "an app that saves videos, while the storage fails",
    killedBy: "S10",
  },
  {
    name: "a copy is written to the row under the key of the first address",
    file: "core/settlement.ts",
    find: 'isCopied ? "row-copied" : saveKey(settling)',
    replace: "saveKey(settling)",
    piece: "an app that saves videos, and fails once",
    killedBy: "L8",
  },
  {
    name: "a copy takes the first address's place in the record",
    file: "core/saving-videos.ts",
    find: '(steps["save-row"] === undefined ? { videos: copies } : { copies })',
    replace: "{ videos: copies }",
    piece: "an app that saves videos, and fails once",
    killedBy: "L8",
  },
  {
    name: "a copy is not tried again at the next start",
    file: "core/ended.ts",
    find: "savesVideos && maySaveAgain(progress, at - state.decidedAt)",
    replace: "false",
    piece: "an app that saves videos, and fails once",
    killedBy: "L8",
  },
  {
    name: "a copy is tried again for ever",
    file: "core/saving-videos.ts",
    find: 'progress.attempt >= MOST_SAVES ? "done" : "stuck"',
    replace: '"stuck"',
    piece: "an app that saves videos, and fails always",
    killedBy: "S10",
  },
  {
    name: "a record is set aside by one wrong read",
    file: "engine/journal.ts",
    find: "(await storage.getItem(key)) !== text",
    replace: "false",
    piece: "a record that is read wrongly, once",
    killedBy: "L2",
  },
  {
    name: "a record is unreadable without the catalogue of its model",
    file: "core/journal-record.ts",
    find: "return isState(state) ?",
    replace: "return isState(state) && isVideoModelId(state.plan.request.model) ?",
    piece: "a model that has vanished at the next start",
    killedBy: "L2",
  },
  {
    name: "a price is that of the release, not of the catalogue",
    file: "engine/told-prices.ts",
    find: "const quoted = quote(request);",
    replace: "const quoted = quoteVideo(request);",
    piece: "a catalogue that has become dearer",
    killedBy: "G9",
  },
  {
    name: "the provider's words go to the row as they are",
    file: "core/storable-answer.ts",
    find: 'text.slice(0, longest).replace(/\\p{Cs}/gu, "\\uFFFD")',
    replace: "text.slice(0, longest)",
    piece: "a provider whose last words are cut in a character",
    killedBy: "L5",
  },
  {
    name: "what a port throws is taken for a refusal",
    file: "engine/perform-effect.ts",
    find: '{ certainty: "unknown", error: thrownErrorData(cause) }',
    replace: '{ certainty: "not-done", error: { ...thrownErrorData(cause), retryable: true } }',
    piece: "at-most-once matrix",
    killedBy: "G15",
  },
  {
    name: "a storage of durations that fails is not minded",
    file: "engine/duration-store.ts",
    find: "await read().catch(() => new Map())",
    replace: "await read()",
    piece: "absurd times of earlier jobs",
    killedBy: "L6",
  },
  {
    name: "a journal of results instead of intents: effects go out before their state is stored",
    file: "engine/generation-runner.ts",
    find: "isWorthStoring(before, next, outside)) writeAhead.record(next, outside);\n    else this.calls.send(outside);",
    replace: "isWorthStoring(before, next, outside)) writeAhead.record(next, []);\n    this.calls.send(outside);",
    piece: "at-most-once matrix",
    killedBy: "S3",
  },
  {
    name: "retry on unknown: the slot, the credits, the session and the row",
    file: "core/preparing-retry.ts",
    find: 'if (effect !== "submit-job") return plan.guarantee === "exactly-once";',
    replace: 'if (effect !== "submit-job") return true;',
    piece: "at-most-once matrix",
    killedBy: "S9",
  },
  {
    name: "retry on unknown: the paid submit",
    file: "core/preparing-retry.ts",
    find: 'return plan.isSubmitRepeatable && error.code !== "submission-unknown";',
    replace: 'return error.code !== "submission-unknown";',
    piece: "at-most-once matrix",
    killedBy: "S5",
  },
  {
    name: "retry on unknown: capture and release",
    file: "core/failed-step.ts",
    find: 'return guarantee === "exactly-once" || !ADDING.has(call);',
    replace: "return true;",
    piece: "at-most-once matrix",
    killedBy: "S9",
  },
  {
    name: "split settle keys: capture and release do not exclude each other",
    file: "core/settlement.ts",
    find: 'return { type: step, attempt, credits: plan.credits, key: operationKey(plan, "settle") };',
    replace: "return { type: step, attempt, credits: plan.credits, key: `${plan.id}:${step}` };",
    piece: "two drivers of one generation, under keys",
    killedBy: "S1",
  },
  {
    name: "no lock and no key: a lock that is refused is not minded",
    file: "engine/recovery.ts",
    find: 'if (lock.kind === "taken") return waitForOther(id);\n    handOver?.stopAsking(id);\n    const isRunning = await resumeFromRecord(options, id, lock.release);\n    if (isRunning) handOver?.began(id);\n    else lock.release();',
    replace: "const isRunning = await resumeFromRecord(options, id, () => undefined);",
    piece: "two tabs",
    killedBy: "S6",
  },
  {
    name: "a lease that has run out is driven on",
    file: "engine/recovery.ts",
    find: "void pool.letGo(id).then(() => (isDisposed() ? undefined : resumeOnce(id)));",
    replace: "void id;",
    piece: "two tabs on leases, and a night's sleep",
    killedBy: "S3",
  },
  {
    name: "capture before the row shows the video",
    file: "core/settlement.ts",
    find: 'return savesVideos ? ["save-videos"] : ["save-row"];',
    replace: 'return ["capture-credits", "save-row"];',
    piece: "exactly-once matrix",
    killedBy: "S4",
  },
  {
    name: "the record is cleared before the slot is closed",
    file: "core/resume.ts",
    find: '    !("settlement" in state) ||\n',
    replace:
      '    (!("settlement" in state) && !("steps" in state && state.steps["capture-credits"]?.status === "done")) ||\n',
    piece: "closed while only its slot is left",
    killedBy: "L1",
  },
  {
    name: "a 429 on a question is fatal",
    file: "core/polling.ts",
    find: "if (lost !== undefined && lost.count >= LOST_ANSWERS && state.poll.activeMs - lost.since >= LOST_AFTER_MS) {",
    replace: 'if (event.error.code === "rate-limited") {',
    piece: "a passing 429",
    killedBy: "L4",
  },
  {
    name: 'a text that says "failed" is fatal',
    file: "core/polling.ts",
    find: "if (lost !== undefined && lost.count >= LOST_ANSWERS && state.poll.activeMs - lost.since >= LOST_AFTER_MS) {",
    replace: "if (/failed/i.test(event.error.message)) {",
    piece: "a network that says failed",
    killedBy: "L4",
  },
  {
    name: "no quiet period before the balance is believed",
    file: "engine/reconcile.ts",
    find: "isOver: (id: string): boolean => over.has(id),",
    replace: "isOver: (id: string): boolean => id !== '' || over.has(id),",
    piece: "read back too soon",
    killedBy: "G15",
  },
  {
    name: "released on the client's timeout alone",
    file: "core/polling.ts",
    find: "if (lost !== undefined && lost.count >= LOST_ANSWERS && state.poll.activeMs - lost.since >= LOST_AFTER_MS) {",
    replace: "if (decide(state, event, rules).isOverdue) {",
    piece: "hours of silence",
    killedBy: "L4",
  },
  {
    name: "the hard timeout needs no fresh answer",
    file: "core/polling.ts",
    find: 'return event.key === "poll" && !state.poll.isAsking ? ask(state) : stay(state);',
    replace:
      'if (event.key === "poll" && decide(state, event, rules).isOverdue) return ((next, effects) => [{ ...next, name: "giving-up" }, effects])(...sendCancel(state));\n' +
      '      return event.key === "poll" && !state.poll.isAsking ? ask(state) : stay(state);',
    piece: "a job that never ends",
    killedBy: "G10",
  },
  {
    name: "the hard timeout needs one fresh answer",
    file: "core/polling.ts",
    find: "export const OVERDUE_ANSWERS = 2;",
    replace: "export const OVERDUE_ANSWERS = 1;",
    piece: "a job that never ends",
    killedBy: "G10",
  },
  {
    name: "the slots of two generations are asked for under one key",
    file: "core/operation-key.ts",
    find: "return `${plan.id}:${operation}`;",
    replace: 'return operation === "slot" ? "generation-1:slot" : `${plan.id}:${operation}`;',
    piece: "several at once",
    killedBy: "G9",
  },
  {
    name: "the next user of the device goes on with the last one's generations",
    file: "engine/journal.ts",
    find: "const base = `${PREFIX}:${encodeURIComponent(user)}`;",
    replace: "const base = `${PREFIX}:user`;",
    piece: "somebody else signs in",
    killedBy: "S7",
  },
  {
    name: "one try for each clean-up",
    file: "core/retry-limits.ts",
    find: "settling: 8, uploading",
    replace: "settling: 1, uploading",
    also: NOTHING_IS_TRIED_AGAIN,
    piece: "exactly-once matrix",
    killedBy: "L2",
  },
  {
    name: "what was given up is not tried again at the next start",
    ...NOTHING_IS_TRIED_AGAIN,
    piece: "books that close no slot for ten minutes",
    killedBy: "L5",
  },
  {
    name: "an unconfirmed call under a key is left for good",
    file: "core/settlement.ts",
    find: '...(plan.guarantee === "exactly-once" ? unconfirmedIn(held).map(({ call }) => call) : []),',
    replace: "",
    piece: "books that do not answer for ten minutes",
    killedBy: "L1",
  },
  {
    name: "slot and credits: a refusal of one does not wait for the answer of the other",
    file: "core/acquiring-both.ts",
    find: "if (isOpen) return [state, []];",
    replace: "if (isOpen && state.isCanceling) return [state, []];",
    piece: "several at once, and one slot",
    killedBy: "G15",
  },
  {
    name: "slot and credits: a cancel does not wait for their answers",
    file: "core/acquiring-both.ts",
    find: "if (isOpen) return [state, []];",
    replace: "if (isOpen && !state.isCanceling) return [state, []];",
    piece: "canceled at every call",
    killedBy: "G15",
  },
  {
    name: "slot and credits: what came beside a refusal is forgotten",
    file: "core/acquiring-both.ts",
    find: 'const credits = status === "done" ? "held" : isUnsure ? "unknown" : "none";',
    replace: 'const credits = isUnsure ? "unknown" : "none";',
    piece: "several at once, and one slot",
    killedBy: "G15",
  },
  {
    name: "slot and credits: of two calls that nothing answers one is forgotten",
    file: "core/acquiring-both.ts",
    find: "return { slotId, credits, unconfirmedCall, alsoUnconfirmed };",
    replace: "return { slotId, credits, unconfirmedCall };",
    piece: "books that answer nothing for ten minutes",
    killedBy: "L2",
  },
  {
    name: "credits that were asked for anew are asked about under their first key",
    file: "core/acquiring.ts",
    find: 'plan.isReservedAnew === true ? "reserve-anew" : "reserve"',
    replace: 'plan.isReservedAnew === true && attempt === 2 ? "reserve-anew" : "reserve"',
    piece: "one slot and credits for one, and a lost answer",
    killedBy: "G15",
  },
  {
    name: "any refusal of an unconfirmed call is believed",
    file: "core/acquiring.ts",
    find: "calls === undefined ? REFUSALS[effect] === error.code : isFinal",
    replace: "true",
    piece: "books that refuse for ten minutes after a lost answer",
    killedBy: "L1",
  },
  {
    name: "cancel stops the timers and nothing else",
    file: "engine/generation-front.ts",
    find: "this.driver?.cancel();",
    replace: "void this.driver?.detach();",
    piece: "canceled at every call",
    killedBy: "L6",
  },
  {
    name: "the token is fetched once",
    file: "http/token-source.ts",
    find: "const given = http.getToken({ isForced });",
    replace: "const given = (http.token ??= http.getToken({ isForced }));",
    piece: "tokens that live for a minute",
    killedBy: "L6",
  },
  {
    name: "a decision is overwritten: cancel while settling",
    file: "core/settling.ts",
    find: "return unwatched(state);",
    replace: 'return settle({ ...state, verdict: { kind: "cancel" } }, event.at);',
    piece: "canceled at every call",
    killedBy: "S3",
  },
  {
    // That it is read back, and looked at again by the next write, protect an id twice: without either of them nothing is lost here.
    name: "a record is written whose id is on no list",
    file: "engine/id-lists.ts",
    find: "list: async (id) => (trusted.has(id) ? undefined : batch((changes) => changes.listed.add(id))),",
    replace: "list: async () => undefined,",
    piece: "two tabs start at once and close",
    killedBy: "L5",
  },
  {
    name: "a late gift after a cancel",
    file: "core/watching.ts",
    find: '    case "cancel-requested":\n      return forget(state);\n',
    replace: "",
    piece: "canceled while it is watched",
    killedBy: "G13",
  },
  {
    name: "credits that were refused are released",
    file: "core/preparing.ts",
    find: '  if (state.name !== "reserving-credits") return "held";\n',
    replace: '  return "held";\n',
    piece: "at-most-once matrix",
    killedBy: "S2",
  },
  {
    name: "the prompt stays in the record",
    file: "core/journal-record.ts",
    find: "const body = JSON.stringify(withoutPrompt(state));",
    replace: "const body = JSON.stringify(state);",
    piece: "exactly-once matrix",
    killedBy: "S8",
  },
  {
    name: "the outcome is announced before it is stored",
    file: "engine/shown-snapshot.ts",
    find: "const isUnstored = this.owner.writeAhead !== undefined && isDecided(this.state);",
    replace: "const isUnstored = false;",
    piece: "at-most-once matrix",
    killedBy: "G15",
  },
  {
    name: "an unconfirmed capture is called held",
    file: "core/settlement.ts",
    find: 'return progress?.isUnsure === true ? "unknown" : "held";',
    replace: 'return "held";',
    piece: "at-most-once matrix",
    killedBy: "G15",
  },
];

/** Mutants of the design's list that have no place here, and why. */
export const NOT_APPLICABLE: Readonly<Record<string, string>> = {
  "same requestId for a second slot attempt":
    "No call is sent a second time under another id: a refused slot ends the generation, and the next one has keys of its own. What comes nearest is in the table: one key for two generations' slots.",
};
