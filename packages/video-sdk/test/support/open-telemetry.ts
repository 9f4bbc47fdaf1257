// The real OpenTelemetry SDK, whose exporters keep what they get in memory.
import * as api from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import type { OpenTelemetryApi } from "../../src/opentelemetry/index.ts";

/** The package as an app passes it, over providers of this call's own. */
export function openTelemetry() {
  const spans = new InMemorySpanExporter();
  const metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const tracers = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
  const reader = new PeriodicExportingMetricReader({ exporter: metrics, exportIntervalMillis: 2 ** 30 });
  const meters = new MeterProvider({ readers: [reader] });
  // The module itself fits, which the types hold; its own providers are global, and these are not.
  const whole: OpenTelemetryApi = api;
  const given: OpenTelemetryApi = {
    ...whole,
    trace: { getTracer: (name) => tracers.getTracer(name), setSpan: whole.trace.setSpan },
    metrics: { getMeter: (name) => meters.getMeter(name) },
  };
  return {
    api: given,
    spans: () => spans.getFinishedSpans(),
    /** What was measured, by the name of the metric. */
    async measured() {
      // Collected, because the exporter of the package answers by a timer, and these tests have their own time.
      const { resourceMetrics } = await reader.collect();
      const all = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
      return all.map(({ descriptor, dataPoints }) => ({
        name: descriptor.name,
        points: dataPoints.map(({ attributes, value }) => ({ attributes, value })),
      }));
    },
  };
}
