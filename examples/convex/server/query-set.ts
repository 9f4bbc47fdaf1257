// The queries that one client follows, and the result that it last received of each. Runs nothing itself, and knows nothing of what a
// query reads: after a commit all of them are run, and the answers compared.
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

  /** What to run, in the order in which `takeChanges` wants the outcomes. */
  get calls(): FunctionCall[] {
    return [...this.#queries.values()].map(({ call }) => call);
  }

  /** The changes since the last call, given the outcomes of `calls`. */
  takeChanges(outcomes: readonly Outcome[]): StateModification[] {
    const removed = this.#removed.map((queryId) => ({ type: "QueryRemoved" as const, queryId }));
    this.#removed = [];
    const updated = [...this.#queries.values()].flatMap((query, index) => {
      const outcome = outcomes[index];
      const text = JSON.stringify(outcome);
      if (outcome === undefined || text === query.lastSent) return [];
      query.lastSent = text;
      return [changeOf(query.queryId, outcome)];
    });
    return [...removed, ...updated];
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
