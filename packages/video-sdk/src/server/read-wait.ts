// How long a caller asks a question to be held. Reads; holds nothing.
import { VideoError } from "../errors.ts";

/** The `wait` parameter, whole seconds, as milliseconds: 0 when it is missing, and never above `longestSeconds`. */
export function readWaitMs(wait: string | null, longestSeconds: number): number {
  if (wait === null) return 0;
  if (/^\d{1,6}$/.test(wait)) return Math.min(Number(wait), longestSeconds) * 1000;
  const message = `Give whole seconds, such as ${longestSeconds}, or leave it out.`;
  throw new VideoError("invalid-request", {
    message: `wait: ${message}`,
    details: { issues: [{ path: "wait", message }] },
  });
}
