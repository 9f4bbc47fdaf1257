// What an app adds to a submit, such as a token against robots. A callback that does not answer must not hold a generation.
import { causeText } from "../thrown-error.ts";
import type { Clock } from "../platform-ports.ts";
import { within } from "../within.ts";
import type { ExtraBody, RouteMap } from "./route-map.ts";
import type { HttpAnswer } from "./send.ts";

/** Milliseconds: a user may have to answer a challenge. */
const DEADLINE_MS = 30_000;

interface Waiting {
  readonly clock: Clock;
  /** Aborting it ends the waiting. */
  readonly signal: AbortSignal | undefined;
}

/** The further members, or why there are none; then nothing was sent. Never rejects. */
export async function extraOf(
  extraBody: RouteMap["extraBody"],
  { clock, signal }: Waiting,
): Promise<{ readonly body: ExtraBody } | Extract<HttpAnswer, { kind: "none" }>> {
  if (extraBody === undefined) return { body: {} };
  let end = (): void => undefined;
  const canceled = new Promise<never>((_, reject) => {
    end = () => reject(new Error("canceled"));
    signal?.addEventListener("abort", end);
  });
  try {
    if (signal?.aborted === true) return { kind: "none", cause: "not-sent" };
    const body = await within(Promise.race([Promise.resolve(extraBody()), canceled]), {
      clock,
      deadlineMs: DEADLINE_MS,
    });
    return { body };
  } catch (error) {
    return { kind: "none", cause: "not-sent", reason: `routes.extraBody failed: ${causeText(error)}` };
  } finally {
    signal?.removeEventListener("abort", end);
  }
}
