// The error for an id that is not in the registry. Gets the known ids as an argument and does not import them.

/** Thrown for a model that does not exist. */
export class UnknownVideoModelError extends Error {
  declare readonly name: "UnknownVideoModelError";
  declare readonly code: "unknown-model";
  /** The given id, shortened to 64 characters. */
  declare readonly modelId: string;

  constructor(id: unknown, knownIds: readonly string[]) {
    const modelId = String(id).slice(0, 64);
    const near = nearIds(modelId, knownIds);
    const hint = near.length > 0 ? ` Did you mean ${near.join(", ")}?` : "";
    super(`There is no video model "${modelId}".${hint}`);
    this.name = "UnknownVideoModelError";
    this.code = "unknown-model";
    this.modelId = modelId;
  }
}

/** At most three known ids that look similar, the nearest first. */
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

/** Each letter with the next one. Prefix and punctuation are left out, because people mistype them most. */
function pairsOf(id: string): readonly string[] {
  const letters = id.toLowerCase().replace(/^(vid|kie)-|[^a-z0-9]/g, "");
  return Array.from(letters, (letter, index) => letter + (letters[index + 1] ?? ""));
}
