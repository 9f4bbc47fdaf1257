// The app's routes, set up once: who may call them, and which providers make the videos. Secrets are read when they are first needed.
import { createVideoRoutes, falProvider, kieProvider, type VerifyReservation } from "@video-engine/video-sdk/server";
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { requiredSetting } from "./video-setting.ts";
import { authenticate } from "./video-sign-in.ts";

/** `convex/videos/reservations.ts`. */
const useReservation = makeFunctionReference<
  "mutation",
  { serverSecret: string; clerkId: string; generationId: string; amount: number },
  boolean
>("videos/reservations:useReservation");

/** A job is paid for only by credits that the backend holds for it, once. Without this, a user who writes a client gets videos for nothing. */
const verifyReservation: VerifyReservation = async ({ userId, generationId, credits }) => {
  // One client for each question, because a client sends its mutations one after the other.
  const backend = new ConvexHttpClient(requiredSetting("CONVEX_URL"), { logger: false });
  const serverSecret = requiredSetting("VIDEO_SERVER_SECRET");
  return await backend.mutation(useReservation, { serverSecret, clerkId: userId, generationId, amount: credits });
};

/** What the routes answer with. More options, such as uploads, Redis and webhooks: examples/next of the project. */
export const videoRoutes = createVideoRoutes({
  authenticate,
  providers: [
    falProvider({ credentials: () => process.env["FAL_KEY"] }),
    kieProvider({ apiKey: () => process.env["KIE_API_KEY"] }),
  ],
  signingSecret: () => process.env["VIDEO_SIGNING_SECRET"],
  verifyReservation,
  // What happened, for your log. Holds no prompt, address or token.
  onEvent: (event) => console.log(JSON.stringify(event)),
});
