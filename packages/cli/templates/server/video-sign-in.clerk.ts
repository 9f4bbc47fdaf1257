// Who is calling, by the session token of Clerk. Needs no network: the key is a setting.
import { verifyToken } from "@clerk/backend";
import { signInRefusalOf, type Authenticate } from "@video-engine/video-sdk/server";
import { requiredSetting } from "./video-setting.ts";

/** How CLERK_AUTHORIZED_PARTIES names tokens without an origin. Clerk leaves `azp` out of those it makes for native apps. */
const NATIVE_PARTY = "native";

/** The user of a valid session token of this app; else why it is refused, for the log. */
export const authenticate: Authenticate = async (request) => {
  const token = /^Bearer ([\w.-]+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (token === undefined) return null;
  // Hosting dashboards keep the line breaks of a PEM as `\n`, on which Clerk would find every token invalid.
  const jwtKey = requiredSetting("CLERK_JWT_KEY").replaceAll("\\n", "\n");
  const issuer = requiredSetting("CLERK_ISSUER");
  let claims: Awaited<ReturnType<typeof verifyToken>>;
  try {
    claims = await verifyToken(token, { jwtKey, issuer });
  } catch (cause) {
    return { refused: signInRefusalOf(cause), cause };
  }
  // Clerk allows five seconds of clock skew; a token must not live longer for it.
  if (!Number.isFinite(claims.exp) || claims.exp * 1000 <= Date.now()) return { refused: "expired" };
  // Only session tokens name their session: one made from a template for another service must not work here.
  if (typeof claims.sid !== "string" || claims.sts === "pending") return { refused: "kind" };
  if (!isOurParty(claims.azp)) return { refused: "party" };
  return { userId: claims.sub };
};

function isOurParty(party: string | undefined): boolean {
  const parties = requiredSetting("CLERK_AUTHORIZED_PARTIES").split(",");
  return party !== "" && parties.some((one) => one.trim() === (party ?? NATIVE_PARTY));
}
