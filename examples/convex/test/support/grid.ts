// One user with a slot and a session: where a generation stands before its row is written.
import { api } from "../../convex/_generated/api.js";
import { openDatabase, signUp } from "./database.ts";

/** Signs a user up and takes a slot and a session for them. */
export async function openGrid(database = openDatabase(), subject = "alice") {
  const user = await signUp(database, subject, { subscriptionPlan: "max" });
  const slot = await user.mutation(api.generations.acquireGenerationSlot, { type: "video", prompt: "a corgi" });
  if (!slot.ok) throw new Error("A new user has a free slot.");
  const sessionId = await user.mutation(api.sessions.createSession, { type: "video", title: "Corgis" });
  const row = {
    sessionId,
    type: "video" as const,
    prompt: "a corgi surfing",
    model: "vid-veo-3.1",
    modelLabel: "Veo 3.1",
    aspectRatio: "16:9",
    videos: [],
    isLoading: true,
    creditsUsed: 40,
    concurrencySlotId: slot.generationId,
  };
  return { database, user, sessionId, slotId: slot.generationId, row };
}
