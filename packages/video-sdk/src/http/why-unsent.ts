// Whether a request that failed can ever have left the device. Decides nothing by a text.

/** The part of a request that the runtime may refuse to build. */
interface Buildable {
  readonly headers: Record<string, string>;
  readonly signal: AbortSignal;
  readonly json?: unknown;
}

/**
 * True when this request cannot be built at all, such as with another library's AbortSignal or a body that is no JSON: then nothing was sent.
 * Asked only after a failure. The address is not judged: a short form's is checked before, and an app's instance has a prefix of its own.
 */
export function isUnsendable({ headers, signal, json }: Buildable): boolean {
  try {
    JSON.stringify(json);
    if (typeof globalThis.Request !== "function") return false;
    const sample = new globalThis.Request("https://a.invalid", { headers, signal });
    return !(sample instanceof globalThis.Request);
  } catch {
    return true;
  }
}
