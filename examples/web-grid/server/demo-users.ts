// Signing in without an auth provider: a user's name is enough. For one machine only; an app asks Clerk or its like here.
import type { Backend } from "@video-engine/example-convex";
import type { VideoUser } from "@video-engine/video-sdk/server";
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";

/** What a user begins with. */
export interface StartingBooks {
  readonly credits: number;
  /** Decides how many videos may be made at once: 1, 3 or 10. */
  readonly subscriptionPlan: "basic" | "pro" | "max";
}

/** The users of a demo. */
export interface DemoUsers {
  /** A fresh token, for the backend and for the routes. Makes the user at first. */
  signIn(userId: string): Promise<string>;
  /** Whose token a request carries; null for any that was not given out here, or has expired. */
  authenticate(request: Request): VideoUser | null;
}

const seedUser = makeFunctionReference<"mutation", StartingBooks & Record<string, unknown>>("extras:seedUser");
/** As long as the app's own tokens live. */
const LIFETIME_SECONDS = 60;

/** Users of a backend. With a deployment of one's own (`isOwn`) there is the one user of its token, as it is. */
export function createDemoUsers(
  backend: Backend,
  { isOwn, ...books }: StartingBooks & { readonly isOwn: boolean },
): DemoUsers {
  const made = new Map<string, Promise<void>>();
  const issued = new Map<string, { readonly userId: string; readonly expiresAt: number }>();
  const tokenFor = (subject: string): string => backend.tokenFor({ subject, lifetimeSeconds: LIFETIME_SECONDS });
  const make = async (userId: string): Promise<void> => {
    if (isOwn) return;
    await new ConvexHttpClient(backend.url, { auth: tokenFor(userId) }).mutation(seedUser, { ...books });
  };
  return {
    async signIn(userId) {
      const making = made.get(userId) ?? make(userId);
      made.set(userId, making);
      await making;
      for (const [token, { expiresAt }] of issued) if (expiresAt < Date.now()) issued.delete(token);
      const token = tokenFor(userId);
      issued.set(token, { userId, expiresAt: isOwn ? Infinity : Date.now() + LIFETIME_SECONDS * 1_000 });
      return token;
    },
    authenticate(request) {
      const token = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1];
      const known = token === undefined ? undefined : issued.get(token);
      return known !== undefined && known.expiresAt > Date.now() ? { userId: known.userId } : null;
    },
  };
}
