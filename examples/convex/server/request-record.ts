// Convex's record of session requests: a mutation that committed under (sessionId, requestId) runs once, however often it is
// sent. Like the real record it keeps no path, no arguments and no identity, and nothing of what threw.
import { convexToJson, jsonToConvex, v, type Value } from "convex/values";
import { defineSchema, defineTable, type DataModelFromSchemaDefinition, type GenericMutationCtx } from "convex/server";
import schema from "../convex/schema.ts";

/** The app's schema, with the record beside it: it lives and dies with the data. */
export const schemaWithRequests = defineSchema({
  ...schema.tables,
  sessionRequests: defineTable({ request: v.string(), value: v.string(), committedAt: v.number() }).index(
    "by_request",
    ["request"],
  ),
});

/** How long a result is kept, in milliseconds: the default of convex-backend (`MAX_SESSION_CLEANUP_DURATION_HOURS`, 14 days). */
export const REQUESTS_KEPT_MS = 14 * 24 * 60 * 60_000;

/** Names a request: the client's session, and its number there. */
export interface SessionRequest {
  readonly sessionId: string;
  readonly requestId: number;
}

type Db = GenericMutationCtx<DataModelFromSchemaDefinition<typeof schemaWithRequests>>["db"];

/**
 * Runs, or answers what an earlier run of this request returned. The result is kept in the transaction of the run, so that both are there or
 * neither; a run that throws keeps nothing.
 */
export async function onceIn(
  db: Db,
  { sessionId, requestId }: SessionRequest,
  run: () => Promise<Value | undefined>,
): Promise<Value> {
  const request = `${sessionId}:${requestId}`;
  const kept = await db
    .query("sessionRequests")
    .withIndex("by_request", (q) => q.eq("request", request))
    .unique();
  const committedAt = Date.now();
  if (kept !== null && committedAt - kept.committedAt <= REQUESTS_KEPT_MS) return jsonToConvex(JSON.parse(kept.value));
  if (kept !== null) await db.delete("sessionRequests", kept._id);
  const value = (await run()) ?? null;
  await db.insert("sessionRequests", { request, value: JSON.stringify(convexToJson(value)), committedAt });
  return value;
}
