// Recognises the user of a request by its Clerk session token. Reads the Authorization header only and needs no network: the key is a setting.
import { verifyToken } from "@clerk/backend";
import { checkSignIn, signInRefusalOf, type Authenticate, type SettingFinding } from "@video-engine/video-sdk/server";
import { optionalSetting, requiredSetting } from "./setting.ts";

/** How CLERK_AUTHORIZED_PARTIES names tokens without an origin. Clerk leaves `azp` out of those it makes for native apps. */
const NATIVE_PARTY = "native";

/** The user of a valid session token of this app; else why nobody is let in, for the log. Throws `not-configured` when a setting is missing. */
export const authenticate: Authenticate = async (request) => {
  const token = /^Bearer ([\w.-]+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (token === undefined) return null;
  const settings = verification();
  let claims: Claims;
  try {
    claims = await verifyToken(token, settings);
  } catch (cause) {
    return { refused: signInRefusalOf(cause), cause };
  }
  // Clerk allows five seconds of clock skew; a token must not live longer for it.
  if (claims.exp * 1000 <= Date.now() || !Number.isFinite(claims.exp)) return { refused: "expired" };
  if (!isSession(claims)) return { refused: "kind" };
  if (!isOurParty(claims)) return { refused: "party" };
  return { userId: claims.sub };
};

/** What is wrong with the settings of the sign-in. */
export async function checkAuthenticate(): Promise<readonly SettingFinding[]> {
  const jwtKey = optionalSetting("CLERK_JWT_KEY") ?? "";
  const issuer = optionalSetting("CLERK_ISSUER") ?? "";
  return await checkSignIn({ jwtKey, issuer, parties: partiesIn(optionalSetting("CLERK_AUTHORIZED_PARTIES") ?? "") });
}

type Claims = Awaited<ReturnType<typeof verifyToken>>;

function verification(): { jwtKey: string; issuer: string } {
  return {
    // Hosting dashboards keep the line breaks of a PEM as `\n`, on which Clerk would find every token invalid.
    jwtKey: requiredSetting("CLERK_JWT_KEY").replaceAll("\\n", "\n"),
    issuer: requiredSetting("CLERK_ISSUER"),
  };
}

// Only session tokens name their session: a token made from a template for another service must not work here.
function isSession({ sid, sts }: Claims): boolean {
  return typeof sid === "string" && sts !== "pending";
}

// Compared here, because Clerk's own check refuses every native app once there is a list, and checks nothing without one.
function isOurParty({ azp }: Claims): boolean {
  return azp !== "" && partiesIn(requiredSetting("CLERK_AUTHORIZED_PARTIES")).includes(azp ?? NATIVE_PARTY);
}

function partiesIn(text: string): readonly string[] {
  return text.split(",").map((party) => party.trim());
}
