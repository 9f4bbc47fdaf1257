// The routes' events as OpenTelemetry spans and metrics: one span for each paid call, one for each job.
import type { VideoServerEvent } from "../server/server-event.ts";
import { createOpenSpans, type OpenSpan, type OpenSpans } from "./open-spans.ts";
import {
  attributesOf,
  SPAN_ERROR,
  TELEMETRY_NAME,
  withMeter,
  type OpenTelemetryApi,
  type TelemetryAttributes,
} from "./open-telemetry-api.ts";

/**
 * Returns a listener for `onEvent` of `createVideoRoutes`. Spans: `video.submit` from before the paid call to its answer, and `video.job` from
 * then to the end of the job, where this instance sees both; a job that began elsewhere has a span without a length. Metrics: `video.events`
 * (every event, by `video.event`), `video.jobs` (by `video.outcome`) and `video.job.duration` (s). Attributes: `video.generation.id` (the key),
 * `user.id`, `video.model`, `video.provider`, `video.credits`, `video.handle`, `video.job.id`, `error.type`; metrics have no ids.
 *
 * @param api The module `@opentelemetry/api`, version 1.
 */
export function recordServerEvents(api: OpenTelemetryApi): (event: VideoServerEvent) => void {
  const measures = withMeter(api, (meter) => ({
    events: meter.createCounter("video.events", { description: "Everything that the routes report." }),
    jobs: meter.createCounter("video.jobs", { description: "Jobs that have ended." }),
    durations: meter.createHistogram("video.job.duration", { unit: "s" }),
  }));
  const submits = createOpenSpans();
  const running = createOpenSpans();
  const ended = createOpenSpans();

  return (event) => {
    const { events, jobs, durations } = measures();
    events.add(1, metricAttributes(event));
    if (event.type === "submit-begun") begin(api, submits, { name: "video.submit", key: submitKey(event), event });
    const submit = isAnswer(event) ? submits.take(submitKey(event)) : undefined;
    if (submit !== undefined) end(submit, event);
    if (event.type === "job-accepted") begin(api, running, { name: "video.job", key: jobKey(event), event });
    const outcome = ENDS.get(event.type);
    if (outcome === undefined) return;
    const key = jobKey(event);
    // A client may be told the end of its job twice.
    if (ended.get(key) !== undefined) return;
    const known = running.take(key) ?? begin(api, running, { name: "video.job", key, event });
    running.take(key);
    ended.open(key, known);
    end(known, event);
    const attributes = { ...metricAttributes(event), "video.outcome": outcome };
    jobs.add(1, attributes);
    if (known.startedAt < event.at) durations.record((event.at - known.startedAt) / 1000, attributes);
  };
}

const ENDS: ReadonlyMap<string, string> = new Map([
  ["job-finished", "finished"],
  ["job-failed", "failed"],
  ["job-canceled", "canceled"],
]);

const ANSWERS: ReadonlySet<string> = new Set(["job-accepted", "provider-refused", "job-finished", "request-failed"]);

/** Whether an event answers a paid call. A repeat of its submit that comes meanwhile is told that it runs. */
function isAnswer(event: VideoServerEvent): boolean {
  return ANSWERS.has(event.type) && !("error" in event && event.error.code === "already-running");
}

interface Begun {
  readonly name: string;
  readonly key: string;
  readonly event: VideoServerEvent;
}

function begin(api: OpenTelemetryApi, spans: OpenSpans<OpenSpan>, { name, key, event }: Begun): OpenSpan {
  const options = { startTime: event.at, attributes: spanAttributes(event) };
  const begun = { span: api.trace.getTracer(TELEMETRY_NAME).startSpan(name, options), startedAt: event.at };
  spans.open(key, begun);
  return begun;
}

function end({ span }: OpenSpan, event: VideoServerEvent): void {
  span.setAttributes({ ...spanAttributes(event), "video.event": event.type });
  if ("error" in event) span.setStatus({ code: SPAN_ERROR });
  span.end(event.at);
}

/** A submit without a key is found again by its user alone, so only one of them at a time. */
function submitKey({ userId, key }: Named): string {
  return JSON.stringify([userId, key]);
}

function jobKey({ provider, requestId, at }: Named): string {
  return JSON.stringify([provider, requestId ?? at]);
}

/** What events may name. */
interface Named {
  readonly at: number;
  readonly userId?: string | undefined;
  readonly key?: string | undefined;
  readonly handle?: string | undefined;
  readonly requestId?: string | undefined;
  readonly credits?: number | undefined;
  readonly modelId?: string | undefined;
  readonly provider?: string | undefined;
  readonly route?: string | undefined;
  readonly reason?: string | undefined;
  readonly error?: { readonly code: string } | undefined;
}

function metricAttributes(event: VideoServerEvent): TelemetryAttributes {
  const { modelId, provider, route, reason, error }: Named = event;
  return attributesOf({
    "video.event": event.type,
    "video.model": modelId,
    "video.provider": provider,
    "video.route": route,
    "video.reason": reason,
    "error.type": error?.code,
  });
}

function spanAttributes(event: VideoServerEvent): TelemetryAttributes {
  const { userId, key, handle, requestId, credits }: Named = event;
  const { "video.event": _, ...shared } = metricAttributes(event);
  return {
    ...shared,
    ...attributesOf({
      "user.id": userId,
      "video.generation.id": key,
      "video.handle": handle,
      "video.job.id": requestId,
      "video.credits": credits,
    }),
  };
}
