// The places for files that a model has, each with its name and its room. Sounds are not picked on this screen. Pure.
import type { FileKind } from "@video-engine/example-web-grid/attached-files";
import type { AttachmentChoices, AttachmentNeed } from "@video-engine/video-models";
import { kindAt, pickedAt, type Picked, type Place } from "../draft/picked.ts";
import { WORDS } from "../words.ts";

/** A place. */
export interface OfferedPlace {
  readonly place: Place;
  /** Such as `Start frame`. */
  readonly name: string;
  /** How many files there may be. */
  readonly room: number;
  /** Such as `optional`. */
  readonly note: string | undefined;
}

/** All of them but Kling O1's elements, in the order in which they are shown. `takes`: with these files attached. */
export function placesOf(takes: AttachmentChoices, picked: readonly Picked[]): readonly OfferedPlace[] {
  const { references, referenceImages, referenceVideos, keyframes } = takes;
  const { image, startFrame, endFrame, clipToEdit, video, clip, keyframe, optional, upTo, used } = WORDS.files;
  const list = (place: Place, name: string, choice: { readonly max: number } | undefined): readonly OfferedPlace[] =>
    choice === undefined ? [] : [{ place, name, room: choice.max, note: upTo(choice.max) }];
  const single = (place: Place, name: string, need: AttachmentNeed = "none"): readonly OfferedPlace[] =>
    need === "none" ? [] : [{ place, name, room: 1, note: need === "optional" ? optional : undefined }];
  const free = references.max - references.used;
  return [
    ...(references.need === "none"
      ? []
      : [
          {
            place: "reference" as const,
            name: image,
            room: pickedAt(picked, "reference").length + free,
            note: used(references.used, references.max),
          },
        ]),
    ...list("media-image", image, referenceImages),
    ...list("media-video", clip, referenceVideos),
    ...list("keyframe", keyframe, keyframes),
    ...single("image", image, takes.image),
    ...single("start-frame", startFrame, takes.startFrame),
    ...single("end-frame", endFrame, takes.endFrame),
    ...single("clip", clipToEdit, takes.video),
    ...single("video", video, takes.sourceVideo),
  ];
}

/** The first place of a kind that has room left, for a file that was put nowhere in particular. Where a video begins comes first, as on the web page. */
export function freePlace(
  kind: FileKind,
  offered: readonly OfferedPlace[],
  picked: readonly Pick<Picked, "place">[],
): Place | undefined {
  const fits = ({ place, room }: OfferedPlace): boolean =>
    kindAt(place) === kind && picked.filter((one) => one.place === place).length < room;
  const begins = offered.filter(({ place }) => place === "image" || place === "start-frame");
  return [...begins, ...offered].find(fits)?.place;
}
