// Asks the Convex backend to use up the reservation of a generation before its job is paid for. See docs/security.md.
import type { VerifyReservation } from "@video-engine/video-sdk/server";
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { requiredSetting } from "./setting.ts";

/** As `examples/convex/convex/reservations.ts` defines it. */
const useReservation = makeFunctionReference<
  "mutation",
  { serverSecret: string; clerkId: string; generationId: string; amount: number },
  boolean
>("reservations:useReservation");

/** Whether the user's generation holds enough credits that no job was paid for yet; from then on, one was. */
export const verifyReservation: VerifyReservation = async ({ userId, generationId, credits }) => {
  // One client for each question, because a client sends its mutations one after the other.
  const backend = new ConvexHttpClient(requiredSetting("CONVEX_URL"), { logger: false });
  const serverSecret = requiredSetting("VIDEO_SERVER_SECRET");
  return await backend.mutation(useReservation, { serverSecret, clerkId: userId, generationId, amount: credits });
};
