// POST cancel-video: asks the provider to stop a job and answers with what the provider said. Settles no credits.
import type { Clock } from "../platform-ports.ts";
import { askCancel } from "./ask-provider.ts";
import { namesOf, readJobQuery, type JobQueryFields, type JobQueryOptions } from "./job-query.ts";
import type { Route } from "./protect-route.ts";
import { readJsonBody } from "./read-body.ts";
import { tell, type EventSink } from "./server-event.ts";
import type { WaitFor } from "./wait-limits.ts";

const MAX_BODY_BYTES = 4096;

/** What the route needs. */
export interface CancelVideoOptions extends JobQueryOptions {
  readonly clock: Clock;
  readonly waitFor: WaitFor;
  readonly onEvent?: EventSink | undefined;
}

/** Builds the route. The body is `{ requestId, modelId?, provider? }`. */
export function cancelVideoRoute(options: CancelVideoOptions): Route {
  return {
    name: "cancel-video",
    method: "POST",
    limit: "cancel",
    run: async (request, { userId }, note) => {
      const value = await readJsonBody(request, { maxBytes: MAX_BODY_BYTES, waitFor: options.waitFor });
      const query = await readJobQuery(fieldsOf(value), userId, options);
      const names = namesOf(query, userId);
      note(names);
      const answer = await askCancel(query, options.clock);
      tell(options.onEvent, { type: answer === "removed" ? "job-canceled" : "cancel-answered", ...names, answer });
      return { canceled: answer };
    },
  };
}

function fieldsOf(value: unknown): JobQueryFields {
  return typeof value === "object" && value !== null ? value : {};
}
