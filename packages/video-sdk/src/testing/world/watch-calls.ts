// Applies the rules of call-rules.ts to every call when it is made, even if it is then lost, and to every answer that is received.
// The generation of a call is read from its key, or from the row or job that it names.
import type { GenerationSnapshot } from "../../core/snapshot.ts";
import type { CallResult, VideoApi, VideoLedger } from "../../ports.ts";
import type { Clock } from "../../platform-ports.ts";
import type { LedgerMethod } from "../fake-ledger.ts";
import type { CheckId, Findings } from "./checks.ts";
import type { Process } from "./interceptor.ts";

/** The engine that makes a call. */
export interface Caller {
  readonly process: Process;
  readonly user: string;
  /** Whether this engine holds the lock of a generation now. */
  holds(id: string): boolean;
}

/** A method of the ports. */
export type CallName = LedgerMethod | "readReserved" | Exclude<keyof VideoApi, "isSubmitRepeatable">;

/** A call, as the rules see it. */
export interface WatchedCall {
  readonly name: CallName;
  /** The generation it is for. Undefined for the balance, which belongs to no generation. */
  readonly id: string | undefined;
  readonly input: unknown;
  readonly by: Caller;
  /** Milliseconds. */
  readonly at: number;
}

/** A rule. It returns what is wrong, as the rest of a sentence about the generation. */
export interface CallRule {
  readonly check: CheckId;
  leaving?(call: WatchedCall): string | undefined;
  answered?(call: WatchedCall, answer: CallResult<unknown>): void;
  /** Called when the user is told that a generation has ended. */
  announced?(snapshot: GenerationSnapshot): string | undefined;
}

/** The ports of one engine. */
export interface Ports {
  readonly ledger: VideoLedger;
  readonly api: VideoApi;
}

/** Options of a watch. */
export interface CallWatchOptions {
  readonly rules: readonly CallRule[];
  readonly findings: Findings;
  readonly clock: Pick<Clock, "now">;
}

/** Watches the ports of engines. */
export interface CallWatch {
  /** The same ports, watched. */
  of(ports: Ports, by: Caller): Ports;
  announced(snapshot: GenerationSnapshot): void;
}

type Method<Args extends readonly unknown[], T> = (...args: Args) => Promise<CallResult<T>>;

/** Creates a watch. */
export function createCallWatch({ rules, findings, clock }: CallWatchOptions): CallWatch {
  const owners = new Map<string, string>();
  let calls = 0;

  const leave = (call: WatchedCall): void => {
    calls++;
    for (const rule of rules) {
      const wrong = rule.leaving?.(call);
      if (wrong !== undefined) findings.note(rule.check, `${call.id ?? ""} ${wrong} (call ${calls}, ${call.name})`);
    }
  };

  const answered = (call: WatchedCall, answer: CallResult<unknown>): void => {
    const named = answer.ok ? nameIn(call.name, answer.value) : undefined;
    if (named !== undefined && call.id !== undefined) owners.set(named, call.id);
    for (const rule of rules) rule.answered?.(call, answer);
  };

  const watched =
    (by: Caller) =>
    <Args extends readonly unknown[], T>(name: CallName, method: Method<Args, T>): Method<Args, T> =>
    async (...args) => {
      if (!by.process.isAlive) return method(...args);
      const id = idOf(args, owners);
      leave({ name, id, input: args[0], by, at: clock.now() });
      const answer = await method(...args);
      answered({ name, id, input: args[0], by, at: clock.now() }, answer);
      return answer;
    };

  return {
    of: ({ ledger, api }, by) => ({ ledger: watchedLedger(ledger, watched(by)), api: watchedApi(api, watched(by)) }),
    announced(snapshot) {
      for (const rule of rules) {
        const wrong = rule.announced?.(snapshot);
        if (wrong !== undefined) findings.note(rule.check, `${snapshot.id} ${wrong}`);
      }
    },
  };
}

type Watched = <Args extends readonly unknown[], T>(name: CallName, method: Method<Args, T>) => Method<Args, T>;

function watchedLedger(ledger: VideoLedger, watched: Watched): VideoLedger {
  const { readReserved } = ledger;
  return {
    guarantee: ledger.guarantee,
    showsRefunds: ledger.showsRefunds,
    numbersCalls: ledger.numbersCalls,
    readReserved: readReserved && watched("readReserved", () => readReserved()),
    acquireSlot: watched("acquireSlot", ledger.acquireSlot),
    closeSlot: watched("closeSlot", ledger.closeSlot),
    reserveCredits: watched("reserveCredits", ledger.reserveCredits),
    captureCredits: watched("captureCredits", ledger.captureCredits),
    releaseCredits: watched("releaseCredits", ledger.releaseCredits),
    createSession: watched("createSession", ledger.createSession),
    recordRow: watched("recordRow", ledger.recordRow),
    updateRow: watched("updateRow", ledger.updateRow),
  };
}

function watchedApi(api: VideoApi, watched: Watched): VideoApi {
  return {
    isSubmitRepeatable: api.isSubmitRepeatable,
    submit: watched("submit", api.submit),
    status: watched("status", api.status),
    cancel: watched("cancel", api.cancel),
  };
}

/** The row or job that an answer names, which later calls name again. */
function nameIn(name: CallName, value: unknown): string | undefined {
  if (name === "recordRow") return `row ${String(value)}`;
  const job = name === "submit" ? fieldOf(value, "job") : undefined;
  return job === undefined ? undefined : `job ${String(fieldOf(job, "requestId"))}`;
}

/** Keys are `generation:operation`. The key of a submit is the generation alone. */
function idOf(args: readonly unknown[], owners: ReadonlyMap<string, string>): string | undefined {
  const key = args.map((arg) => fieldOf(arg, "key")).find((found) => found !== undefined);
  if (typeof key === "string") return key.split(":", 1)[0];
  const [question] = args;
  const job = fieldOf(question, "job");
  if (job !== undefined) return owners.get(`job ${String(fieldOf(job, "requestId"))}`);
  return owners.get(`row ${String(fieldOf(question, "rowId"))}`);
}

/** A field of any value. Undefined when there is none. */
export function fieldOf(value: unknown, field: string): unknown {
  return typeof value === "object" && value !== null && field in value
    ? (value as Record<string, unknown>)[field] // it is in there
    : undefined;
}
