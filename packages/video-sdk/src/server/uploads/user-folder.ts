// The folder of a user's files. Made of a hash: keys are part of public URLs, and a user's id is nobody's business there.
import { bytesOf, sha256Hex } from "../hmac.ts";

/** The first part of the keys of a user's uploads, `u/<hash>`, for an app that lists or deletes them. */
export async function userUploadFolder(userId: string): Promise<string> {
  return `u/${await userHash(userId)}`;
}

/** The same for copies of the user's videos, `v/<hash>`. */
export async function userVideoFolder(userId: string): Promise<string> {
  return `v/${await userHash(userId)}`;
}

async function userHash(userId: string): Promise<string> {
  return (await sha256Hex(bytesOf(userId))).slice(0, 32);
}
