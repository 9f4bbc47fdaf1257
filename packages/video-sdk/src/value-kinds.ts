// What a value of unknown origin is. Pure.

export type Fields = Readonly<Record<string, unknown>>;

/** Also a list. */
export function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

export function isText(value: unknown): value is string {
  return typeof value === "string";
}

export function isFunction(value: unknown): value is (...args: readonly never[]) => unknown {
  return typeof value === "function";
}

/** What a text of JSON holds, where that has members; otherwise an object without any. */
export function parsed(text: unknown): Fields {
  try {
    const value: unknown = isText(text) ? JSON.parse(text) : undefined;
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** Whether it is a text with something in it. */
export function isFilledText(value: unknown): value is string {
  return isText(value) && value !== "";
}

/** The text, where there is something in it. */
export function textOf(value: unknown): string | undefined {
  return isFilledText(value) ? value : undefined;
}

/** The number, where it is one that can be counted with. */
export function numberOf(value: unknown): number | undefined {
  return Number.isFinite(value) ? Number(value) : undefined;
}
