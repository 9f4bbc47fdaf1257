// Whose tokens Convex takes: those that Clerk makes for it (`aud` is `convex`). Set CLERK_JWT_ISSUER_DOMAIN on the deployment.
import type { AuthConfig } from "convex/server";

export default {
  providers: [{ domain: process.env["CLERK_JWT_ISSUER_DOMAIN"] ?? "", applicationID: "convex" }],
} satisfies AuthConfig;
