// Tells a Blob by what it can do. `instanceof` fails for one of another realm, and React Native has a class of its own.

/** Whether a value is a `Blob` or `File`. */
export function isBlob(value: unknown): value is Blob {
  return (
    typeof value === "object" &&
    value !== null &&
    "slice" in value &&
    typeof value.slice === "function" &&
    "size" in value &&
    typeof value.size === "number" &&
    "type" in value &&
    typeof value.type === "string"
  );
}
