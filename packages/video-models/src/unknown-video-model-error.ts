// The error for an id that is not in the registry. Is handed the known ids: it does not import them.

/** Thrown where a model is named that does not exist. */
export class UnknownVideoModelError extends Error {
  override readonly name = "UnknownVideoModelError";
  readonly code = "unknown-model";
  /** The id as it was given, shortened to 64 characters. */
  readonly modelId: string;

  constructor(id: unknown, knownIds: readonly string[]) {
    const modelId = String(id).slice(0, 64);
    const near = nearIds(modelId, knownIds);
    const hint = near.length > 0 ? ` Did you mean ${near.join(", ")}?` : "";
    super(`There is no video model "${modelId}".${hint}`);
    this.modelId = modelId;
  }
}

/** Known ids that look like it, the nearest first; at most three. */
function nearIds(id: string, knownIds: readonly string[]): readonly string[] {
  const wanted = pairsOf(id);
  // Dice's coefficient: 1 for the same pairs, 0 for none in common.
  const likeness = (known: string) => {
    const pairs = pairsOf(known);
    return (2 * wanted.filter((pair) => pairs.includes(pair)).length) / (wanted.length + pairs.length);
  };
  return knownIds
    .filter((known) => likeness(known) >= 0.5)
    .sort((a, b) => likeness(b) - likeness(a))
    .slice(0, 3);
}

/** Each letter with the next one. Prefix and punctuation are left out: they are what people get wrong. */
function pairsOf(id: string): readonly string[] {
  const letters = id.toLowerCase().replace(/^(vid|kie)-|[^a-z0-9]/g, "");
  return Array.from(letters, (letter, index) => letter + (letters[index + 1] ?? ""));
}
