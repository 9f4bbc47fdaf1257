// A selector that a store can be read through: the same selection until it really changes. Knows no store.

/** The selector, called once per source. A selection that equals the one before, field by field, is given as that one. */
export function selectOnce<Source, Selected>(selector: (source: Source) => Selected): (source: Source) => Selected {
  let last: { readonly source: Source; readonly selected: Selected } | undefined;
  return (source) => {
    if (last !== undefined && Object.is(last.source, source)) return last.selected;
    const selected = selector(source);
    last = { source, selected: last !== undefined && isEqual(last.selected, selected) ? last.selected : selected };
    return last.selected;
  };
}

function isEqual(first: unknown, second: unknown): boolean {
  if (Object.is(first, second)) return true;
  if (typeof first !== "object" || typeof second !== "object" || first === null || second === null) return false;
  const [fields, others] = [Object.entries(first), new Map(Object.entries(second))];
  return (
    fields.length === others.size &&
    fields.every(([name, value]) => others.has(name) && Object.is(others.get(name), value))
  );
}
