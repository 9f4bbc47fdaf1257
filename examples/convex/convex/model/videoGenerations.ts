// Generations that need no client: the app's books and rows, the component's machine, and the providers. In development FAL_SANDBOX_URL
// names a sandbox of them all.
import { videoGenerations, type ComponentApi, type VideoGenerations } from "@video-engine/convex";
import { sandboxFetch } from "@video-engine/example-sandbox/sandbox-fetch";
import { falProvider, kieProvider, type VideoProvider } from "@video-engine/video-sdk/server";
import { componentsGeneric } from "convex/server";
import { internal } from "../_generated/api.js";
import { pricing } from "./pricing.ts";

declare const process: { readonly env: Record<string, string | undefined> };

// With a deployment at hand, `npx convex dev` writes `components` into _generated/api; without one it cannot.
const components = componentsGeneric() as unknown as { readonly videoEngine: ComponentApi };
const { videoBooks } = internal;

/** What video.ts exports functions of. Its type is written out, because `internal` has the type of what is made of it. */
export const videos: VideoGenerations = videoGenerations(components.videoEngine, {
  providers,
  books: videoBooks,
  slots: videoBooks,
  grid: videoBooks,
  backend: { fields: "all" },
  pricing,
  webhookUrl: process.env["VIDEO_WEBHOOK_URL"],
});

function providers(): readonly VideoProvider[] {
  const sandbox = process.env["FAL_SANDBOX_URL"];
  if (sandbox === undefined) {
    return [falProvider({ credentials: process.env["FAL_KEY"] }), kieProvider({ apiKey: process.env["KIE_API_KEY"] })];
  }
  const isSandboxUrl = ({ origin }: URL): boolean => origin === new URL(sandbox).origin;
  const atSandbox = { fetch: sandboxFetch(sandbox), isAllowedVideoUrl: isSandboxUrl };
  return [falProvider({ credentials: "any:key", ...atSandbox }), kieProvider({ apiKey: "any-key", ...atSandbox })];
}
