// The part of `@opentelemetry/api` that is used, as types: the app passes the module, so that no other app needs the package. Version 1.

/** Attributes of a span, of an event in it, or of a measurement. */
export type TelemetryAttributes = Record<string, string | number | boolean>;

/** A span. */
export interface TelemetrySpan {
  setAttributes(attributes: TelemetryAttributes): unknown;
  addEvent(name: string, attributes?: TelemetryAttributes, at?: number): unknown;
  setStatus(status: { code: number }): unknown;
  end(at?: number): void;
}

/** What spans are put into. */
export interface TelemetryContext {
  getValue(key: symbol): unknown;
}

/** What starts spans. */
export interface TelemetryTracer {
  startSpan(
    name: string,
    options?: { startTime?: number; attributes?: TelemetryAttributes },
    context?: TelemetryContext,
  ): TelemetrySpan;
}

/** What counts and measures. */
export interface TelemetryMeter {
  createCounter(name: string, options?: MetricOptions): { add(value: number, attributes?: TelemetryAttributes): void };
  createHistogram(
    name: string,
    options?: MetricOptions,
  ): { record(value: number, attributes?: TelemetryAttributes): void };
}

interface MetricOptions {
  description?: string;
  unit?: string;
}

/** What `import * as api from "@opentelemetry/api"` gives. */
export interface OpenTelemetryApi {
  readonly trace: {
    getTracer(name: string): TelemetryTracer;
    setSpan(context: TelemetryContext, span: TelemetrySpan): TelemetryContext;
  };
  readonly context: { active(): TelemetryContext };
  readonly metrics: { getMeter(name: string): TelemetryMeter };
}

/** The name of our tracer and meter. */
export const TELEMETRY_NAME = "@video-engine/video-sdk";

/** `SpanStatusCode.ERROR` of the package. */
export const SPAN_ERROR = 2;

/**
 * The instruments of a listener, made with the first event: a meter that is taken before the app has set its provider measures nothing, for ever.
 * Throws where the module is not there.
 */
export function withMeter<Instruments>(
  api: OpenTelemetryApi,
  make: (meter: TelemetryMeter) => Instruments,
): () => Instruments {
  const { trace, context, metrics }: Partial<OpenTelemetryApi> = Object(api);
  if (trace === undefined || context === undefined || metrics === undefined) {
    throw new TypeError('Pass the module itself: import * as api from "@opentelemetry/api".');
  }
  let made: Instruments | undefined;
  return () => (made ??= make(metrics.getMeter(TELEMETRY_NAME)));
}

/** Attributes without those that are not known. */
export function attributesOf(
  named: Readonly<Record<string, string | number | boolean | undefined>>,
): TelemetryAttributes {
  const known: TelemetryAttributes = {};
  for (const [name, value] of Object.entries(named)) if (value !== undefined) known[name] = value;
  return known;
}
