// One answer of a provider about a job, or why there is none, as a value that several requests may share.
import type { VideoError } from "../errors.ts";
import { readThrown } from "./error-response.ts";
import type { ProviderJobAnswer } from "./providers/provider.ts";

/** An answer, or the error of a question that failed. */
export type StatusResult =
  | { readonly ok: true; readonly answer: ProviderJobAnswer }
  | { readonly ok: false; readonly error: VideoError };

/** The result of a question. Never rejects. */
export async function statusResultOf(ask: () => Promise<ProviderJobAnswer>): Promise<StatusResult> {
  try {
    return { ok: true, answer: await ask() };
  } catch (error) {
    return { ok: false, error: readThrown(error) };
  }
}

/** Whether another question may be answered otherwise. */
export function isOpen(result: StatusResult): boolean {
  return result.ok ? result.answer.kind === "pending" : result.error.retryable;
}

/** How long the provider asks to be left alone, milliseconds. */
export function retryAfterMsOf(result: StatusResult): number {
  return result.ok ? 0 : (result.error.retryAfterMs ?? 0);
}
