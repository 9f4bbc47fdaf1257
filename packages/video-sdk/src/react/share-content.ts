// Keeps the identity of what has not changed, so that it may stand in a dependency list. Pure; knows no hook.

/**
 * A value with the content of `next`, made of the objects and arrays of `before` wherever their content is equal. Members of a list are
 * compared by their `key` or `id` where they have one, else by their place. What is neither a plain object nor an array is compared by
 * identity.
 */
export function shareContent<T>(before: unknown, next: T): T;
export function shareContent(before: unknown, next: unknown): unknown {
  if (Object.is(before, next)) return next;
  if (Array.isArray(before) && Array.isArray(next)) return shareList(before, next);
  return isPlain(before) && isPlain(next) ? shareFields(before, next) : next;
}

function shareList(before: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  const named = new Map(before.map((item, at) => [nameOf(item, at), item]));
  const shared = next.map((item, at) => shareContent(named.get(nameOf(item, at)), item));
  const isEach = (others: readonly unknown[]): boolean => shared.every((item, at) => Object.is(item, others[at]));
  if (before.length === next.length && isEach(before)) return before;
  return isEach(next) ? next : shared;
}

function shareFields(before: Fields, next: Fields): Fields {
  const names = Object.keys(next);
  const shared = Object.fromEntries(names.map((name) => [name, shareContent(before[name], next[name])]));
  const isEach = (others: Fields): boolean =>
    names.every((name) => Object.hasOwn(others, name) && Object.is(shared[name], others[name]));
  if (Object.keys(before).length === names.length && isEach(before)) return before;
  return isEach(next) ? next : shared;
}

type Fields = Readonly<Record<string, unknown>>;

function isPlain(value: unknown): value is Fields {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function nameOf(item: unknown, at: number): unknown {
  const { key, id }: Fields = isPlain(item) ? item : {};
  const name = key ?? id;
  return typeof name === "string" ? name : at;
}

/** The selector, called once for each source. A selection with the content of the one before is given as that one. */
export function selectOnce<Source, Selected>(selector: (source: Source) => Selected): (source: Source) => Selected {
  let last: { readonly source: Source; readonly selected: Selected } | undefined;
  return (source) => {
    if (last !== undefined && Object.is(last.source, source)) return last.selected;
    last = { source, selected: shareContent(last?.selected, selector(source)) };
    return last.selected;
  };
}
