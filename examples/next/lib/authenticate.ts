// Recognises the user of a request by its Clerk session token. Reads the Authorization header only and needs no network: the key is a setting.
import { verifyToken } from "@clerk/backend";
import type { Authenticate } from "@video-engine/video-sdk/server";
import { requiredSetting } from "./setting.ts";

/** How CLERK_AUTHORIZED_PARTIES names tokens without an origin. Clerk leaves `azp` out of those it makes for native apps. */
const NATIVE_PARTY = "native";

/** The user of a valid session token of this app; null without one. Throws `not-configured` when a setting is missing. */
export const authenticate: Authenticate = async (request) => {
  const token = /^Bearer ([\w.-]+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (token === undefined) return null;
  const claims = await verifyToken(token, verification()).catch(() => null);
  return claims !== null && isCurrentSession(claims) && isOurParty(claims) ? { userId: claims.sub } : null;
};

type Claims = Awaited<ReturnType<typeof verifyToken>>;

function verification(): { jwtKey: string; issuer: string } {
  return {
    // Hosting dashboards keep the line breaks of a PEM as `\n`, on which Clerk would find every token invalid.
    jwtKey: requiredSetting("CLERK_JWT_KEY").replaceAll("\\n", "\n"),
    issuer: requiredSetting("CLERK_ISSUER"),
  };
}

// Clerk allows five seconds of clock skew; a token must not live longer for it.
// Only session tokens name their session: a token made from a template for another service must not work here.
function isCurrentSession({ exp, sid, sts }: Claims): boolean {
  return exp * 1000 > Date.now() && typeof sid === "string" && sts !== "pending";
}

// Compared here, because Clerk's own check refuses every native app once there is a list, and checks nothing without one.
function isOurParty({ azp }: Claims): boolean {
  const parties = requiredSetting("CLERK_AUTHORIZED_PARTIES")
    .split(",")
    .map((party) => party.trim());
  return azp !== "" && parties.includes(azp ?? NATIVE_PARTY);
}
