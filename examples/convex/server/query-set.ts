// The queries that one client follows, and the result that it last received of each. Runs nothing itself, and knows nothing of what a
// query reads: after a commit all of them are run, and the answers compared. Without one, only those that are new.
import type { FunctionCall, Outcome } from "./function-runner.ts";
import type { QueryModification, StateModification } from "./sync-protocol.ts";

interface FollowedQuery {
  readonly queryId: number;
  readonly call: FunctionCall;
  lastSent: string | undefined;
}

/** Keeps the set and says what changed. */
export class QuerySet {
  readonly #queries = new Map<number, FollowedQuery>();
  #removed: number[] = [];

  /** Adds and removes queries. */
  modify(modifications: readonly QueryModification[]): void {
    for (const change of modifications) {
      if (change.type === "Add") this.#add(change.queryId, { path: change.udfPath, args: change.args[0] ?? {} });
      else if (this.#queries.delete(change.queryId)) this.#removed.push(change.queryId);
    }
  }

  /** Whether some queries have been sent and some have not. */
  get isPartlySent(): boolean {
    const { length } = this.calls("new");
    return length > 0 && length < this.#queries.size;
  }

  /** What to run, in the order in which `takeChanges` wants the outcomes: every query, or those of which nothing has been sent. */
  calls(which: "all" | "new" = "all"): FunctionCall[] {
    return this.#chosen(which).map(({ call }) => call);
  }

  /** The changes since the last call, given the outcomes of `calls`. */
  takeChanges(outcomes: readonly Outcome[], which: "all" | "new" = "all"): StateModification[] {
    const removed = this.#removed.map((queryId) => ({ type: "QueryRemoved" as const, queryId }));
    this.#removed = [];
    const updated = this.#chosen(which).flatMap((query, index) => {
      const outcome = outcomes[index];
      const text = JSON.stringify(outcome);
      if (outcome === undefined || text === query.lastSent) return [];
      query.lastSent = text;
      return [changeOf(query.queryId, outcome)];
    });
    return [...removed, ...updated];
  }

  #chosen(which: "all" | "new"): FollowedQuery[] {
    return [...this.#queries.values()].filter(({ lastSent }) => which === "all" || lastSent === undefined);
  }

  #add(queryId: number, call: FunctionCall): void {
    this.#queries.set(queryId, { queryId, call, lastSent: undefined });
  }
}

function changeOf(queryId: number, outcome: Outcome): StateModification {
  const common = { queryId, logLines: [], journal: null };
  if (outcome.ok) return { type: "QueryUpdated", ...common, value: outcome.value };
  return { type: "QueryFailed", ...common, errorMessage: outcome.message, errorData: outcome.data };
}
