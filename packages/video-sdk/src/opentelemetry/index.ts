// The public names of ./opentelemetry, one by one.
export type {
  OpenTelemetryApi,
  TelemetryAttributes,
  TelemetryContext,
  TelemetryMeter,
  TelemetrySpan,
  TelemetryTracer,
} from "./open-telemetry-api.ts";
export { recordEngineEvents } from "./record-engine-events.ts";
export { recordServerEvents } from "./record-server-events.ts";
