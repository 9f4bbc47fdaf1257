// The functions on a fresh in-memory database, called directly, with no server between.
import { convexTest } from "convex-test";
import { api } from "../../convex/_generated/api.js";
import schema from "../../convex/schema.ts";
import { embeddedModules } from "../../server/embedded-modules.ts";

/** An empty database. */
export function openDatabase() {
  return convexTest({ schema, modules: embeddedModules });
}

/** What a new user starts with. */
export interface Start {
  readonly credits?: number;
  readonly additionalCredits?: number;
  readonly subscriptionPlan?: "basic" | "pro" | "max";
}

/** A signed-in user with a row of their own. */
export async function signUp(database: ReturnType<typeof openDatabase>, subject: string, start: Start = {}) {
  const user = database.withIdentity({ subject });
  await user.mutation(api.extras.seedUser, { credits: 100, ...start });
  return user;
}
