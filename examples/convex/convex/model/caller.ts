// Who is calling. Knows the users table and nothing of credits, slots or sessions.
import type { Doc } from "../_generated/dataModel.js";
import type { QueryCtx } from "../_generated/server.js";
import { refusal } from "./refusal.ts";

/** The subject of the caller's token, which is the user's `clerkId`. Refuses a caller who is not signed in. */
export async function requireClerkId(ctx: Pick<QueryCtx, "auth">): Promise<string> {
  const identity = await ctx.auth.getUserIdentity();
  if (identity === null) throw refusal("unauthenticated", "Not signed in: send a token with the call.");
  return identity.subject;
}

/** The user row with this `clerkId`, if there is one. */
export async function findUser(ctx: Pick<QueryCtx, "db">, clerkId: string): Promise<Doc<"users"> | null> {
  return await ctx.db
    .query("users")
    .withIndex("by_clerk_id", (q) => q.eq("clerkId", clerkId))
    .unique();
}

/** The caller's row. Rows are made at sign-up, never here, so a missing one is refused. */
export async function requireUser(ctx: Pick<QueryCtx, "auth" | "db">): Promise<Doc<"users">> {
  const clerkId = await requireClerkId(ctx);
  const user = await findUser(ctx, clerkId);
  if (user === null) {
    const wayOut = "In development, the function seedUser of extras.ts makes one.";
    throw refusal("user_not_found", `No user row for "${clerkId}". ${wayOut}`);
  }
  return user;
}
