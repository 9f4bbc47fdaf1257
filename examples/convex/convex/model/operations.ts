// Exactly-once calls: the first call under an operation id decides, every repeat gets its result and changes nothing.
// Knows nothing of what the operation does.
import { convexToJson, v, type Value } from "convex/values";
import type { Doc } from "../_generated/dataModel.js";
import type { MutationCtx } from "../_generated/server.js";
import { requireUser } from "./caller.ts";
import { refusal } from "./refusal.ts";

/** The argument that makes a call exactly-once. Ids belong to their user: two users may use the same one. */
export const operationArg = { operationId: v.optional(v.string()) };

const MAX_ID_LENGTH = 255;

/**
 * Runs `run` for the caller, once per operation id. Only what it returns is recorded: after a throw a repeat runs again.
 * The same id with another name or other arguments is refused.
 */
export async function runOnce<Args extends Record<string, Value | undefined>, Result extends Value>(
  ctx: MutationCtx,
  call: { name: string; args: Args & { operationId?: string | undefined } },
  run: (user: Doc<"users">, args: Omit<Args, "operationId">) => Promise<Result>,
): Promise<Result> {
  const user = await requireUser(ctx);
  const { operationId, ...args } = call.args;
  if (operationId === undefined) return await run(user, args);
  const operation = {
    userId: user._id,
    operationId: requireId(operationId),
    name: call.name,
    argsHash: await hash(args),
  };
  const earlier = await findOperation(ctx, operation);
  if (earlier !== null) return replay(earlier, operation);
  const result = await run(user, args);
  await ctx.db.insert("operations", { ...operation, result, createdAt: Date.now() });
  return result;
}

function findOperation(ctx: MutationCtx, { userId, operationId }: Pick<Doc<"operations">, "userId" | "operationId">) {
  return ctx.db
    .query("operations")
    .withIndex("by_user_and_operation", (q) => q.eq("userId", userId).eq("operationId", operationId))
    .unique();
}

function replay(earlier: Doc<"operations">, now: Pick<Doc<"operations">, "name" | "argsHash" | "operationId">) {
  if (earlier.name === now.name && earlier.argsHash === now.argsHash) return earlier.result;
  const message = `Operation "${now.operationId}" was a call of ${earlier.name} with other arguments. Use a new id.`;
  throw refusal("operation_mismatch", message, { operationId: now.operationId, name: earlier.name });
}

function requireId(operationId: string): string {
  if (operationId.length > 0 && operationId.length <= MAX_ID_LENGTH) return operationId;
  const message = `operationId must have 1 to ${MAX_ID_LENGTH} characters, got ${operationId.length}.`;
  throw refusal("invalid_arguments", message, { field: "operationId" });
}

/** SHA-256 of the arguments, whatever their order: `convexToJson` sorts the fields and drops those left out. */
async function hash(args: Record<string, Value | undefined>): Promise<string> {
  const text = JSON.stringify(convexToJson(args));
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
