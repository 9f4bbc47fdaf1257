// Notes how a field of a request was used, by comparing the given value with the resolved one. Decides nothing.
import { isAttached } from "./attached.ts";
import { choicesOf, type VideoChoices } from "./choices.ts";
import type { VideoModel } from "./model.ts";
import type { ResolvedVideoRequest, VideoRequest } from "./video-request.ts";

/** A field that is not passed on as given. */
export interface FieldNote {
  readonly field: string;
  /**
   * `fitted`: replaced by the nearest offered value, or by what it means here. `ignored`: dropped without harm, because the model has no such choice.
   * `refused`: dropped, and `parseVideoRequest` refuses the request.
   */
  readonly outcome: "fitted" | "ignored" | "refused";
  readonly from: unknown;
  /** Only of a fitted field. */
  readonly to?: unknown;
  /** A plain sentence. */
  readonly reason: string;
}

/** Notes on every field of `given` that `resolved` does not contain as given. */
export function fieldNotes(
  model: VideoModel,
  given: VideoRequest,
  resolved: ResolvedVideoRequest,
): readonly FieldNote[] {
  const { label, promptLimit } = model;
  const hasPrompt = promptLimit.max > 0;
  const choices = choicesOf(model, { attachments: resolved, resolution: resolved.resolution });
  const fields: [string, unknown][] = Object.entries(given);
  return fields.flatMap(([field, from]) => {
    if (from === undefined) return [];
    if (!isRequestField(field)) return { field, outcome: "refused", from, reason: "There is no such field." };
    const note = NOTE_ON[field]?.({ from, to: resolved[field], label, choices, hasPrompt });
    return note === undefined ? [] : { field, from, ...note };
  });
}

function isRequestField(name: string): name is keyof VideoRequest {
  return Object.hasOwn(NOTE_ON, name);
}

interface Field {
  readonly from: unknown;
  readonly to: unknown;
  readonly label: string;
  readonly choices: VideoChoices;
  readonly hasPrompt: boolean;
}

type Note = Omit<FieldNote, "field" | "from"> | undefined;

const ignored = (reason: string): Note => ({ outcome: "ignored", reason });
const refused = (reason: string): Note => ({ outcome: "refused", reason });
const fitted = (to: unknown, reason: string): Note => ({ outcome: "fitted", to, reason });
const notAFlag = (to: unknown): Note => fitted(to, "This is true or false.");

function prompt({ from, label, hasPrompt }: Field): Note {
  return from === "" || hasPrompt ? undefined : ignored(`${label} takes no prompt.`);
}

function list(name: "aspectRatios" | "durations" | "resolutions"): (field: Field) => Note {
  return ({ from, to, label, choices }) => {
    if (to === undefined) return ignored(`${label} leaves no choice here.`);
    return from === to ? undefined : fitted(to, `${label} offers ${choices[name].join(", ")} here.`);
  };
}

function audio({ from, to, label, choices }: Field): Note {
  if (choices.audio === "always") return ignored(`${label} always makes sound.`);
  if (choices.audio === "hidden" && from === true) return ignored(`${label} makes no sound.`);
  return from === to ? undefined : notAFlag(to);
}

function toggle({ from, to, label }: Field): Note {
  if (from === to) return undefined;
  return from === true ? refused(`${label} cannot do this here.`) : notAFlag(to);
}

function attachment({ from, to, label }: Field): Note {
  if (!isAttached(from)) return ignored("Nothing is attached by it.");
  return to === undefined ? refused(`${label} does not take this.`) : undefined;
}

const NOTE_ON: Record<keyof VideoRequest, ((field: Field) => Note) | undefined> = {
  // Always passed on as given.
  model: undefined,
  prompt,
  aspectRatio: list("aspectRatios"),
  duration: list("durations"),
  resolution: list("resolutions"),
  generateAudio: audio,
  cameraFixed: toggle,
  fastMode: toggle,
  removeWatermark: toggle,
  attachmentImageUrl: attachment,
  attachmentImageBytes: attachment,
  startFrameImageUrl: attachment,
  endFrameImageUrl: attachment,
  klingO1Images: attachment,
  klingO1Elements: attachment,
  klingO1Video: attachment,
  referenceImageUrls: attachment,
  referenceVideoUrls: attachment,
  referenceAudioUrls: attachment,
  keyframes: attachment,
  sourceVideoUrl: attachment,
  audioUrl: attachment,
};
