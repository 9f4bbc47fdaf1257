// What the machine and the row need of a model: its name and its usual times. Pure.
import { findVideoModel, type VideoModel, type VideoModelId } from "@video-engine/video-models";

/** What is kept of a model with each generation, because the catalogue that named it may be gone at the next start. */
export interface ModelFacts {
  readonly label: string;
  /** The times in which 50 % and 95 % of the jobs are done, in milliseconds. */
  readonly expectedMs: { readonly p50: number; readonly p95: number };
}

/** What calls have from the app and its release, not from the request: the label of the model, and the optional arguments. */
export interface SentConstants {
  readonly label: string;
  readonly fields: readonly string[];
}

/** A generation, as far as it says which model it uses. */
interface WithModel {
  readonly model: VideoModelId;
  readonly modelFacts?: ModelFacts | undefined;
}

/** Ours, where nothing at all is known of a model. */
const UNKNOWN_MS = { p50: 180_000, p95: 480_000 } as const;

/** The facts of a generation's model: those that are kept with it, those of this release, or a guess. Never throws. */
export function factsOf({ model, modelFacts }: WithModel): ModelFacts {
  return modelFacts ?? findVideoModel(model) ?? { label: model, expectedMs: UNKNOWN_MS };
}

/** The facts to keep with a generation: none, where this release says the same. */
export function factsToKeep(model: VideoModelId, { label, expectedMs }: VideoModel): ModelFacts | undefined {
  const { p50, p95 } = expectedMs;
  const known = findVideoModel(model);
  const isSame = known?.label === label && known.expectedMs.p50 === p50 && known.expectedMs.p95 === p95;
  return isSame ? undefined : { label, expectedMs: { p50, p95 } };
}
