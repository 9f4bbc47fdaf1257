// Who is calling. Write this file before the routes let anybody in: they use what your app signs its users in with.
import { VideoError } from "@video-engine/video-sdk";
import type { Authenticate } from "@video-engine/video-sdk/server";

/**
 * The user of a request, by the token in its Authorization header; null for one that proves nothing. The `userId` is the one that Convex knows the
 * user by (the subject of its tokens), because the credits are looked up by it.
 */
export const authenticate: Authenticate = (request) => {
  const token = /^Bearer (\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (token === undefined) return null;
  // Check the token here, and return { userId } for a good one. Never read a user id from a token that was not checked.
  throw new VideoError("not-configured", {
    message: "video-sign-in.ts does not know how this app signs its users in. Check the token there.",
  });
};
