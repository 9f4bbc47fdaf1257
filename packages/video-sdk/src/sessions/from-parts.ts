// A value that is made from others, and stays the same object for as long as they do.

/** `make`, which runs again only when one of its parts has changed. */
export function fromParts<Parts extends readonly unknown[], T>(make: (...parts: Parts) => T): (...parts: Parts) => T {
  let last: { readonly parts: Parts; readonly value: T } | undefined;
  return (...parts) => {
    const { parts: before } = last ?? {};
    if (last === undefined || parts.some((part, at) => !Object.is(part, before?.[at]))) {
      last = { parts, value: make(...parts) };
    }
    return last.value;
  };
}
