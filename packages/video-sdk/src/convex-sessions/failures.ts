// Why a call has no answer, as plain data: the table of error codes stays out of this entry.
import type { VideoErrorData } from "../errors.ts";

const failure = (code: VideoErrorData["code"], retryable: boolean, message: string): VideoErrorData => ({
  code,
  retryable,
  message,
});

/** Every failure of its own. */
export const failures = {
  signedOut: failure("not-signed-in", true, "Sign in to generate videos."),
  otherUser: failure("not-signed-in", true, "Another user is signed in, or the token does not say who. Sign in again."),
  noToken: failure("unreachable", true, "The token for Convex could not be fetched."),
  refusedConnection: failure("unreachable", true, "Convex has ended the connection."),
  closed: failure("disposed", false, "The engine was disposed of before the answer came."),
  thrownOnce: failure(
    "unreachable",
    true,
    "The call was refused after its connection was lost: it may have happened before.",
  ),
  tooLate: failure(
    "settlement-failed",
    false,
    "Convex may have forgotten this call: it was first sent over seven days ago, or the clock was set back. It is not sent again.",
  ),
  otherArguments: failure("key-reused", false, "This step was first asked for something else. Nothing was sent."),
  noUuid: failure(
    "not-configured",
    false,
    "`platform.createId` gives ids that are no UUIDs, and Convex takes only those for a session. Leave it out, or let it give UUIDs.",
  ),
  otherWire: (what: string): VideoErrorData =>
    failure(
      "not-configured",
      false,
      `The installed convex has sent ${what} that is not known here. Nothing was changed. Update @video-engine/video-sdk, or leave \`backend.exactlyOnce\` out.`,
    ),
};
