// What a page of the demo makes of what its server says: an app has neither.
import { createPollingPolicy, type PollingPolicy } from "@video-engine/video-sdk";
import type { DemoSession } from "../server/demo-session.ts";

/** Asks as often as the sandbox needs it, whose jobs take as long for every model. Undefined with real providers. */
export function pollingOf({ jobMs }: Pick<DemoSession, "jobMs">): PollingPolicy | undefined {
  if (jobMs === undefined) return undefined;
  const policy = createPollingPolicy({ minWaitMs: Math.min(1_000, jobMs) });
  return (poll) => policy({ ...poll, expectedMs: { p50: jobMs, p95: jobMs + 2_000 } });
}

/** Turns the URL of a file into one that can be loaded: the bucket is only simulated, and nothing outside of the demo can look up its name. */
export function showableOf({ files }: Pick<DemoSession, "files">): (url: string) => string {
  return (url) =>
    files !== undefined && url.startsWith(files.publicUrl) ? `${files.url}${url.slice(files.publicUrl.length)}` : url;
}
