// What bare React Native 0.85 on Hermes V1 does not have, measured on the real engine; this list is also what the sandbox asserts.

/**
 * Dotted names from the global object that must lead to nothing; V8 has the first of them, and they are taken away.
 * Not here: Symbol.dispose and Symbol.asyncDispose, which Hermes lacks and V8 does not allow to delete.
 */
const ABSENT: readonly string[] = [
  ...["map", "filter", "take", "drop", "flatMap", "reduce", "toArray", "forEach"].map(
    (name) => `Iterator.prototype.${name}`,
  ),
  ...[
    "FinalizationRegistry",
    "SharedArrayBuffer",
    "Atomics",
    "WebAssembly",
    "Temporal",
    "Iterator",
    "SuppressedError",
    "DisposableStack",
  ],
  ...["AsyncDisposableStack", "Object.groupBy", "Map.groupBy", "Array.fromAsync", "RegExp.escape"],
  ...[
    "Array.prototype.toSorted",
    "Uint8Array.fromBase64",
    "ArrayBuffer.prototype.transfer",
    "ArrayBuffer.prototype.resize",
  ],
  ...["Intl.PluralRules", "Intl.RelativeTimeFormat", "Intl.ListFormat", "Intl.Segmenter"],
  ...[
    "AbortSignal.any",
    "AbortSignal.timeout",
    "AbortSignal.abort",
    "AbortSignal.prototype.throwIfAborted",
    "AbortSignal.prototype.reason",
  ],
  ...[
    "DOMException",
    "structuredClone",
    "crypto",
    "Event",
    "EventTarget",
    "CustomEvent",
    "MessageChannel",
    "BroadcastChannel",
  ],
  ...[
    "ReadableStream",
    "WritableStream",
    "TransformStream",
    "TextDecoder",
    "TextDecoderStream",
    "EventSource",
    "Worker",
  ],
  ...["document", "localStorage", "sessionStorage", "location", "navigator.locks", "navigator.onLine"],
  ...["Response.json", "Response.prototype.body", "URL.canParse", "Buffer", "require", "module", "process.versions"],
];

/** Deletes what the engine of this sandbox has too much. */
export function removeAbsent(): void {
  for (const name of ABSENT) {
    const [owner, key] = find(name);
    if (owner !== undefined) Reflect.deleteProperty(owner, key);
  }
}

/** Those of the list that are there all the same. */
export function findPresent(): string[] {
  return ABSENT.filter((name) => {
    const [owner, key] = find(name);
    return owner !== undefined && key in owner;
  });
}

function find(name: string): [owner: object | undefined, key: string] {
  const path = name.split(".");
  const key = path.pop() ?? "";
  let owner: unknown = globalThis;
  for (const step of path) owner = isOwner(owner) ? Reflect.get(owner, step) : undefined;
  return [isOwner(owner) ? owner : undefined, key];
}

function isOwner(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
