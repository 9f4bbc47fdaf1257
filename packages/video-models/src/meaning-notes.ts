// Notes on what is read otherwise than it was written. Decides nothing.
import type { AttachedThings } from "./attached.ts";
import type { FieldNote } from "./field-note.ts";
import { meaningOf, valueIn } from "./meaning.ts";
import type { ModelLookup } from "./model-lookup.ts";
import type { VideoModelId } from "./registry.ts";

/** Notes on a model and an image of a request that stand for others. */
export function meaningNotes(
  lookup: ModelLookup,
  given: AttachedThings & { readonly model: VideoModelId },
): readonly FieldNote[] {
  const { model, moved } = meaningOf(lookup, given.model, given);
  const { label } = lookup.get(model);
  const notes: FieldNote[] = [];
  if (model !== given.model) {
    const reason = `Two frames are rendered by ${label}.`;
    notes.push({ field: "model", outcome: "fitted", from: given.model, to: model, reason });
  }
  if (moved !== undefined) {
    const { from: field, to } = moved;
    const reason = `${label} takes it as ${to}.`;
    notes.push({ field, outcome: "fitted", from: given[field], to: valueIn(moved, given[field]), reason });
  }
  return notes;
}
