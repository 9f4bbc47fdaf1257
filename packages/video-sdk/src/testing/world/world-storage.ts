// The storage of a world. Checks its records: who wrote them (S7), whether a decision stays (S3), and what must not be in them (S8).
import { unconfirmedIn } from "../../core/acquiring.ts";
import { decodeRecord } from "../../core/journal-record.ts";
import { isRowAnew } from "../../core/settlement.ts";
import type { GenerationState } from "../../core/state.ts";
import type { KeyValueStorage } from "../../platform-ports.ts";
import type { Findings } from "./checks.ts";
import type { Secrets } from "./secrets.ts";

/** One device's storage, shared by its tabs and its users. */
export interface WorldStorage {
  /** The storage for the engines of a user. */
  of(user: string): KeyValueStorage;
  /** The stored state of a generation. */
  state(id: string): GenerationState | undefined;
  /** Every record that is left, listed or not. */
  left(): readonly LeftRecord[];
}

/** A record that is left. */
export interface LeftRecord {
  readonly id: string;
  readonly state: GenerationState;
  /** Whether the next start finds it, by the keys or by the list of ids. */
  readonly isListed: boolean;
  /** Whether the generation has ended. Only a hold may still need work. */
  readonly isLastWord: boolean;
}

/** Options of a storage. */
export interface WorldStorageOptions {
  readonly findings: Findings;
  readonly secrets: Secrets;
  /** Whether it can list its keys. */
  readonly canListKeys: boolean;
  /** Called with every state that is stored. */
  onState(state: GenerationState): void;
}

/** How a generation is to be settled: `fail` includes a late delivery, which moves no credits. */
export type Decision = "deliver" | "fail" | "cancel";

const RECORD = ":record:";

/** Creates an empty storage. */
export function createWorldStorage(options: WorldStorageOptions): WorldStorage {
  const { findings, secrets, canListKeys, onState } = options;
  const items = new Map<string, string>();
  const states = new Map<string, GenerationState>();
  const decisions = new Map<string, Decision>();

  const look = (id: string, state: GenerationState, text: string): void => {
    states.set(id, state);
    onState(state);
    const before = decisions.get(id);
    const now = decisionOf(state);
    if (now !== undefined) decisions.set(id, now);
    if (before !== undefined && before !== now) {
      findings.note("S3", `${id} was decided as ${before}, and is then stored as ${now ?? state.name}`);
    }
    const told = secrets.in(text, { isPromptAllowed: isBeforeJob(state) });
    if (told !== undefined) findings.note("S8", `${id} has ${told} in its record while ${state.name}`);
  };

  const write = (user: string, key: string): void => {
    if (!key.startsWith(`video-engine:1:${encodeURIComponent(user)}:`)) {
      findings.note("S7", `${user} wrote ${key}`);
    }
  };

  return {
    of: (user) => ({
      getItem: (key) => Promise.resolve(items.get(key) ?? null),
      setItem(key, text) {
        write(user, key);
        items.set(key, text);
        const decoded = key.includes(RECORD) ? decodeRecord(text) : undefined;
        if (decoded?.kind === "state") look(idIn(key), decoded.state, text);
        return Promise.resolve();
      },
      removeItem(key) {
        write(user, key);
        items.delete(key);
        if (key.includes(RECORD)) states.delete(idIn(key));
        return Promise.resolve();
      },
      keys: canListKeys ? () => Promise.resolve([...items.keys()]) : undefined,
    }),
    state: (id) => states.get(id),
    left() {
      const lists = [...items].filter(([key]) => /:ids(?::\d+)?$/.test(key)).flatMap(([, ids]) => ids.split(","));
      return [...states].map(([id, state]) => {
        const isLastWord = "settlement" in state && state.name !== "watching";
        return { id, state, isListed: canListKeys || lists.includes(id), isLastWord };
      });
    },
  };
}

/** The decision in a state. Undefined before there is one. */
export function decisionOf(state: GenerationState): Decision | undefined {
  switch (state.name) {
    case "settling":
      return state.verdict.kind === "deliver-late" ? "fail" : state.verdict.kind;
    case "completed":
      return "deliver";
    case "watching":
    case "failed":
      return "fail";
    case "canceled":
      return "cancel";
    default:
      return undefined;
  }
}

/** An unconfirmed slot or row is asked for again with the prompt. While there is such a doubt, there is no job. A deleted row needs it too. */
function isBeforeJob(state: GenerationState): boolean {
  const open = "held" in state && state.plan.guarantee === "exactly-once" ? unconfirmedIn(state.held) : [];
  if (state.name === "settling" && isRowAnew(state)) return true;
  if (state.name === "completed" && state.undone?.["record-row"] !== undefined) return true;
  const isAskedAgain = open.some(({ call }) => call === "acquire-slot" || call === "record-row");
  return isAskedAgain || (!("job" in state) && decisionOf(state) === undefined);
}

function idIn(key: string): string {
  return key.slice(key.indexOf(RECORD) + RECORD.length);
}
