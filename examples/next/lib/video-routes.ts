// The app's routes, set up once. The only file that knows the providers and how the parts are made.
import {
  allowLoopbackUrls,
  createVideoRoutes,
  falProvider,
  kieProvider,
  wavespeedProvider,
} from "@video-engine/video-sdk/server";
import { authenticate, checkAuthenticate } from "./authenticate.ts";
import { closingSignal } from "./closing.ts";
import { firstFrames } from "./first-frames.ts";
import { providerFetch } from "./provider-fetch.ts";
import { optionalSetting } from "./setting.ts";
import { verifyReservation } from "./verify-reservation.ts";
import { allowsLoopbackVideos, keepVideo, videoStorage } from "./video-storage.ts";
import { videoStores } from "./video-stores.ts";

const reach = { fetch: providerFetch, isAllowedVideoUrl: allowsLoopbackVideos ? allowLoopbackUrls : undefined };

/**
 * What the route files export. Secrets are read when they are first needed; the optional settings once, here. Without a REDIS_URL answers are
 * kept and requests counted in memory, for one instance. With a CONVEX_URL, a job is paid for only by a reservation that the backend has used up
 * for it.
 */
export const videoRoutes = createVideoRoutes({
  authenticate,
  providers: [
    falProvider({
      ...reach,
      credentials: () => optionalSetting("FAL_KEY") ?? optionalSetting("FAL_API_KEY"),
      webhookUserId: optionalSetting("FAL_WEBHOOK_USER_ID"),
    }),
    kieProvider({
      ...reach,
      apiKey: () => optionalSetting("KIE_API_KEY"),
      webhookHmacKey: optionalSetting("KIE_WEBHOOK_HMAC_KEY"),
    }),
    wavespeedProvider({
      ...reach,
      apiKey: () => optionalSetting("WAVESPEED_API_KEY"),
      webhookSecret: optionalSetting("WAVESPEED_WEBHOOK_SECRET"),
    }),
  ],
  signingSecret: () => optionalSetting("VIDEO_SIGNING_SECRET"),
  cronSecret: () => optionalSetting("CRON_SECRET"),
  verifyReservation: optionalSetting("CONVEX_URL") === undefined ? undefined : verifyReservation,
  requireIdempotencyKey: true,
  stores: videoStores(),
  closing: closingSignal(),
  // An address for one file of one size: clients say it with `routes: { isUploadLengthSent: true }`.
  uploads: { storage: videoStorage, needsContentLength: true },
  rehost: keepVideo,
  firstFrames: firstFrames(),
  webhooks: {
    url: optionalSetting("VIDEO_WEBHOOK_URL"),
    // The client settles in this app. One that settles on its server does it here.
    onJobEnded: ({ answer, ...job }) => log({ type: "job-ended", ...job, outcome: answer.kind }),
  },
  checks: [checkAuthenticate],
  onEvent: log,
});

// Events hold no prompt, address or token, and their causes have name, message and stack.
function log(event: object): void {
  console.log(JSON.stringify(event));
}
