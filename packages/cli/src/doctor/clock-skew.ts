// How far this machine's clock is from the one of a server that has just answered.

/** When a question was sent, and when its answer came, by this machine's clock. */
export interface Asked {
  readonly before: number;
  readonly after: number;
}

/** Milliseconds between the clocks, at the least: a Date header has whole seconds, and was written between question and answer. Undefined: there is none. */
export function clockSkewMs(date: string | null, { before, after }: Asked): number | undefined {
  const at = Date.parse(date ?? "");
  if (Number.isNaN(at)) return undefined;
  return at + 1_000 < before ? before - at - 1_000 : Math.max(0, at - after);
}
