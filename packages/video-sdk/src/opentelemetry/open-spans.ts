// Spans that have begun and not ended, by a key. Bounded: what never ends here, because another instance sees its end, is ended when it is the oldest.
import type { TelemetrySpan } from "./open-telemetry-api.ts";

/** A span and its beginning. */
export interface OpenSpan {
  readonly span: TelemetrySpan;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

/** The open spans. */
export interface OpenSpans<Span extends OpenSpan> {
  get(key: string): Span | undefined;
  open(key: string, span: Span): void;
  /** Forgets the span, and returns it. Undefined: it began elsewhere, or has ended. */
  take(key: string): Span | undefined;
}

const MOST = 5000;

/** An empty set of spans. */
export function createOpenSpans<Span extends OpenSpan>(): OpenSpans<Span> {
  const spans = new Map<string, Span>();
  const take = (key: string): Span | undefined => {
    const span = spans.get(key);
    spans.delete(key);
    return span;
  };
  return {
    get: (key) => spans.get(key),
    open(key, span) {
      spans.set(key, span);
      const oldest = spans.size > MOST ? spans.keys().next().value : undefined;
      if (oldest !== undefined) take(oldest)?.span.end();
    },
    take,
  };
}
