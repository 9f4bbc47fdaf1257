// Stands in for Clerk: session tokens as it makes them, signed with a key pair of this run. Every part can be spoilt.
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { signJwt } from "@clerk/backend/jwt";
import { decodeJwt, SignJWT, type JWTHeaderParameters } from "jose";

const ours = generateKeyPairSync("rsa", { modulusLength: 2048 });
const theirs = generateKeyPairSync("rsa", { modulusLength: 2048 });

export const ISSUER = "https://clerk.app.example";
export const ORIGIN = "https://app.example";
/** A private key that is not the app's. */
export const FOREIGN_KEY: KeyObject = theirs.privateKey;
/** The app's public key, as Clerk shows it. */
export const PUBLIC_PEM: string = ours.publicKey.export({ type: "spki", format: "pem" }).toString();

/** Seconds since 1970, by the test's clock. */
export const nowSeconds = (): number => Math.floor(Date.now() / 1000);

interface TokenParts {
  /** Not typed as claims, because a wrong or a missing one is the point. */
  readonly claims?: object;
  readonly header?: Partial<JWTHeaderParameters>;
  readonly key?: KeyObject;
}

/** A session token that is good for a minute, with the parts given instead of its own. A claim of undefined is left out. */
export async function mintToken({ claims = {}, header = {}, key = ours.privateKey }: TokenParts = {}): Promise<string> {
  const now = nowSeconds();
  const usual = {
    azp: ORIGIN,
    iss: ISSUER,
    sub: "user_1",
    sid: "sess_1",
    iat: now,
    nbf: now - 10,
    exp: now + 60,
    v: 2,
  };
  return await new SignJWT({ ...usual, ...claims })
    .setProtectedHeader({ alg: "RS256", kid: "ins_1", typ: "JWT", ...header })
    .sign(key);
}

/** The same token under the signature of Clerk's own helper. */
export async function mintTokenWithClerk(): Promise<string> {
  const key = ours.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return await signJwt(decodeJwt(await mintToken()), key, { algorithm: "RS256", header: { kid: "ins_1" } });
}

/** A token with other parts under the signature of a good one, or under none. */
export async function forgeToken(header: object, claims: object, isSigned: boolean): Promise<string> {
  const token = await mintToken();
  const signature = token.split(".")[2];
  const good = decodeJwt(token);
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ typ: "JWT", kid: "ins_1", ...header })}.${part({ ...good, ...claims })}.${isSigned ? signature : ""}`;
}

/** A token signed with the public key as a shared secret, which fools a checker that takes the algorithm from the token. */
export async function signWithPublicKey(): Promise<string> {
  const good = decodeJwt(await mintToken());
  return await new SignJWT(good)
    .setProtectedHeader({ alg: "HS256", kid: "ins_1", typ: "JWT" })
    .sign(new TextEncoder().encode(PUBLIC_PEM));
}
