// The folder of a user's files, named by a hash: keys are part of public URLs, which must not reveal the user's id.
import { bytesOf, sha256Hex } from "../hmac.ts";

/** The key prefix of a user's uploads, `u/<hash>`, for apps that list or delete them. */
export async function userUploadFolder(userId: string): Promise<string> {
  return `u/${await userHash(userId)}`;
}

/** The key prefix of the copies of a user's videos, `v/<hash>`. */
export async function userVideoFolder(userId: string): Promise<string> {
  return `v/${await userHash(userId)}`;
}

async function userHash(userId: string): Promise<string> {
  return (await sha256Hex(bytesOf(userId))).slice(0, 32);
}
