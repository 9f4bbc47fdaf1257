// Tells the app's log what a provider answered about a job, where that ends the job or is new to us.
import type { ProviderJobAnswer } from "./providers/provider.ts";
import type { WithheldVideo } from "./providers/sort-video-urls.ts";
import { readUrl } from "./read-url.ts";
import { tell, type EventSink, type JobNames } from "./server-event.ts";

/** Tells the app's log how a job has ended, and of an answer in a shape that is new to us. */
export function tellAnswer(answer: ProviderJobAnswer, names: JobNames, onEvent: EventSink | undefined): void {
  if (answer.kind === "finished") tell(onEvent, { type: "job-finished", ...names, videos: answer.videos.length });
  if (answer.kind === "failed") {
    const { error, cause } = answer;
    tell(onEvent, { type: "job-failed", ...names, error, cause });
  }
  if (answer.kind === "pending" && answer.unreadShape !== undefined) {
    tell(onEvent, { type: "result-unread", ...names, shape: answer.unreadShape });
  }
}

/** Tells the app's log of the addresses of a finished job that may not be passed on as they are. */
export function tellRefusedUrls(
  withheld: readonly WithheldVideo[],
  names: JobNames,
  onEvent: EventSink | undefined,
): void {
  for (const { why, isForbidden, url } of withheld) {
    tell(onEvent, { type: "url-refused", ...names, why, isForbidden, host: readUrl(url)?.host || undefined });
  }
}
