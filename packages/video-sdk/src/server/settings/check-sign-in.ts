// Checks the settings of a sign-in by tokens that a public key proves, such as Clerk's: the key, the issuer, and whom tokens are made for.
import { bytesOfBinary } from "../hmac.ts";
import { findingOf, type Fault, type SettingFinding, type SettingName } from "./setting-finding.ts";
import { isMissing, textFault } from "./text-fault.ts";
import { urlFault } from "./url-fault.ts";

/** The settings, as the checker of tokens gets them. Leave out what it does not use. */
export interface SignInSettings {
  /** The public key, in PEM. Line breaks may be written `\n`. */
  readonly jwtKey?: string | undefined;
  /** Compared letter by letter with the tokens' `iss`. */
  readonly issuer?: string | undefined;
  /** Origins that tokens may be made for, and words that stand for something else. */
  readonly parties?: readonly string[] | undefined;
}

/** What the settings are called: by default, as at Clerk. */
export interface SignInSettingNames {
  readonly jwtKey?: string | undefined;
  readonly issuer?: string | undefined;
  readonly parties?: string | undefined;
  /** Entries of `parties` that are no origins, such as a word for native apps. */
  readonly words?: readonly string[] | undefined;
}

/**
 * What is wrong with the settings of a sign-in: a key that cannot be imported or is a private one, an issuer or a party with a slash at its
 * end, without https, or with a path. Pass those that are set: one that is left out is not missed. Sends nothing. For `checks` of `createVideoRoutes`.
 */
export async function checkSignIn(
  { jwtKey, issuer, parties }: SignInSettings,
  names: SignInSettingNames = {},
): Promise<readonly SettingFinding[]> {
  const { words = ["native"] } = names;
  const faults: readonly (readonly [SettingName, Fault | undefined])[] = [
    [
      { option: "jwtKey", setting: names.jwtKey ?? "CLERK_JWT_KEY" },
      jwtKey === undefined ? undefined : await keyFault(jwtKey),
    ],
    [
      { option: "issuer", setting: names.issuer ?? "CLERK_ISSUER" },
      issuer === undefined ? undefined : urlFault(issuer, { isOrigin: true }),
    ],
    [{ option: "parties", setting: names.parties ?? "CLERK_AUTHORIZED_PARTIES" }, partiesFault(parties, words)],
  ];
  return faults.flatMap(([name, fault]) => (fault === undefined ? [] : [findingOf(name, fault)]));
}

function partiesFault(parties: readonly string[] | undefined, words: readonly string[]): Fault | undefined {
  if (parties === undefined) return undefined;
  const named = parties.filter((party) => !isMissing(party));
  if (named.length === 0) return { what: "names no origin", fix: "Set the origins of your apps, by comma" };
  for (const [index, party] of named.entries()) {
    const fault = words.includes(party) ? undefined : urlFault(party, { isOrigin: true, isLocalFine: true });
    if (fault !== undefined) return { ...fault, what: `is wrong in entry ${index + 1}, which ${fault.what}` };
  }
  return undefined;
}

const PEM = /^-----BEGIN ([A-Z0-9 ]+)-----\s+([A-Za-z0-9+/=\s]+?)\s*-----END \1-----$/;
const GET_IT = "Copy the JWT public key (PEM) again, from its BEGIN line to its END line";

async function keyFault(given: string): Promise<Fault | undefined> {
  const pem = given.replaceAll("\\n", "\n").trim();
  if (/PRIVATE KEY/.test(pem)) {
    return { what: "is a private key, which must not be on this server", fix: `Replace that key pair. ${GET_IT}` };
  }
  if (!pem.includes("-----")) return textFault(pem) ?? { what: "is no PEM", fix: GET_IT };
  const [, kind, base64] = PEM.exec(pem) ?? [];
  if (kind === undefined || base64 === undefined)
    return { what: "is a PEM that is cut off, or has other text around it", fix: GET_IT };
  if (kind !== "PUBLIC KEY") return { what: `holds ${kind.toLowerCase()} where a public key is needed`, fix: GET_IT };
  return (await isPublicKey(base64))
    ? undefined
    : { what: "is a PEM whose content is no key: a part of it is missing", fix: GET_IT };
}

/** The kinds of keys that sign-in services sign with. */
const KINDS = [
  { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
  { name: "ECDSA", namedCurve: "P-256" },
  { name: "Ed25519" },
] as const;

async function isPublicKey(base64: string): Promise<boolean> {
  for (const kind of KINDS) {
    try {
      await crypto.subtle.importKey("spki", bytesOfBinary(atob(base64.replaceAll(/\s/g, ""))), kind, false, ["verify"]);
      return true;
    } catch {
      // Another kind, perhaps.
    }
  }
  return false;
}
