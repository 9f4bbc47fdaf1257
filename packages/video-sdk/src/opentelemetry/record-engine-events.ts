// The engine's events as OpenTelemetry spans and metrics: one span for each generation, with one for each of its phases inside.
import type { GenerationReport, VideoEngineEvent } from "../engine/engine-event.ts";
import { createOpenSpans, type OpenSpan } from "./open-spans.ts";
import {
  attributesOf,
  SPAN_ERROR,
  TELEMETRY_NAME,
  withMeter,
  type OpenTelemetryApi,
  type TelemetryAttributes,
  type TelemetrySpan,
} from "./open-telemetry-api.ts";

interface OpenGeneration extends OpenSpan {
  readonly phase: { readonly name: string; readonly span: TelemetrySpan };
}

type Report = GenerationReport & Pick<VideoEngineEvent, "user">;

/**
 * Returns a listener for `onEvent` of `createVideoEngine`. Spans: `video.generation` from the first event that this engine reports to the
 * outcome, and `video.<phase>` inside. Metrics: `video.generations`, `video.generation.duration` (s), `video.settled_credits` and
 * `video.effect.failures`. Attributes: `video.generation.id`, `user.id`, `video.model`, `video.credits`, `video.settlement`, `video.handle`,
 * `error.type`; metrics have no ids.
 *
 * @param api The module `@opentelemetry/api`, version 1.
 */
export function recordEngineEvents(api: OpenTelemetryApi): (event: VideoEngineEvent) => void {
  const measures = withMeter(api, (meter) => ({
    generations: meter.createCounter("video.generations", { description: "Generations that have ended." }),
    durations: meter.createHistogram("video.generation.duration", { unit: "s" }),
    credits: meter.createCounter("video.settled_credits", { description: "Credits, by what became of them." }),
    failures: meter.createCounter("video.effect.failures", { description: "Calls that failed, by certainty." }),
  }));
  const { follow, settled } = createGenerationSpans(api);

  return (event) => {
    if (!("phase" in event)) return;
    const { generations, durations, credits, failures } = measures();
    const { model, effect, certainty, error } = event;
    if (effect !== undefined && certainty !== undefined) {
      failures.add(
        1,
        attributesOf({ "video.effect": effect, "video.certainty": certainty, "error.type": error?.code }),
      );
    }
    const end = follow(event);
    if (end !== undefined) {
      const ended = attributesOf({ "video.model": model, "video.outcome": event.phase, "error.type": end.errorType });
      generations.add(1, { ...ended, "video.settlement": event.settlement });
      durations.record(end.durationMs / 1000, ended);
    }
    if (settled(event)) credits.add(event.credits, { "video.model": model, "video.settlement": event.settlement });
  };
}

interface End {
  readonly durationMs: number;
  readonly errorType: string | undefined;
}

const MOST_SETTLED = 5000;

function createGenerationSpans(api: OpenTelemetryApi) {
  const open = createOpenSpans<OpenGeneration>();
  const settlements = new Map<string, string>();
  const errors = new Map<string, string>();
  const startPhase = (span: TelemetrySpan, { phase, at }: Report): OpenGeneration["phase"] => {
    const inside = api.trace.setSpan(api.context.active(), span);
    const tracer = api.trace.getTracer(TELEMETRY_NAME);
    return { name: phase, span: tracer.startSpan(`video.${phase}`, { startTime: at }, inside) };
  };
  return {
    /** Follows a generation through its phases. Returns its end, once. */
    follow(event: Report): End | undefined {
      const { id, at, phase, error } = event;
      const hasEnded = ENDED.has(phase);
      const known = open.get(id);
      if (known === undefined && (hasEnded ? settlements.has(id) : false)) return undefined;
      const { span, startedAt } = known ?? { span: start(api, event), startedAt: at };
      if (error !== undefined) errors.set(id, error.code);
      span.addEvent(event.type, eventAttributes(event), at);
      if (!hasEnded) {
        if (known?.phase.name === phase) return undefined;
        known?.phase.span.end(at);
        open.open(id, { span, startedAt, phase: startPhase(span, event) });
        return undefined;
      }
      known?.phase.span.end(at);
      open.take(id);
      const errorType = phase === "failed" ? (errors.get(id) ?? "unknown") : undefined;
      errors.delete(id);
      span.setAttributes(
        attributesOf({ ...generationAttributes(event), "video.outcome": phase, "error.type": errorType }),
      );
      if (phase === "failed") span.setStatus({ code: SPAN_ERROR });
      span.end(at);
      return { durationMs: Math.max(0, at - startedAt), errorType };
    },
    /** Whether an ended generation has a settlement that was not counted yet. A hold in doubt may turn out released later. */
    settled({ id, phase, settlement }: Report): boolean {
      if (!ENDED.has(phase) || settlements.get(id) === settlement) return false;
      settlements.set(id, settlement);
      const oldest = settlements.size > MOST_SETTLED ? settlements.keys().next().value : undefined;
      if (oldest !== undefined) settlements.delete(oldest);
      return true;
    },
  };
}

const ENDED: ReadonlySet<string> = new Set(["completed", "failed", "canceled"]);

function start(api: OpenTelemetryApi, event: Report): TelemetrySpan {
  const tracer = api.trace.getTracer(TELEMETRY_NAME);
  return tracer.startSpan("video.generation", { startTime: event.at, attributes: generationAttributes(event) });
}

function generationAttributes({ id, user, model, credits, settlement, requestId }: Report): TelemetryAttributes {
  return attributesOf({
    "video.generation.id": id,
    "user.id": user,
    "video.model": model,
    "video.credits": credits,
    "video.settlement": settlement,
    "video.handle": requestId,
  });
}

function eventAttributes({ effect, step, certainty, attempt, settlement, error }: Report): TelemetryAttributes {
  return attributesOf({
    "video.effect": effect,
    "video.step": step,
    "video.certainty": certainty,
    "video.attempt": attempt,
    "video.settlement": settlement,
    "error.type": error?.code,
  });
}
