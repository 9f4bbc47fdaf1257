// Holds the registry against the app's own facts: whatever differs is listed with its reason, and nothing else differs.
import { describe, expect, test } from "vitest";
import { readDepartures } from "../scripts/readme-tables.ts";
import appModels from "./__fixtures__/app-models.json" with { type: "json" };
import { choicesFor } from "./choices.ts";
import { getVideoModel, isVideoModelId, videoModelIds } from "./registry.ts";
import { traitsOf } from "./traits.ts";

type AppModel = (typeof appModels.models)[number];
type Facts = Readonly<Record<string, unknown>>;

/** What the app says, with what it leaves out spelled out. */
function factsOfApp(model: AppModel): Facts {
  const takesImage = model.supportsAttachment === true || model.isImageOnly === true;
  const hidesShape = model.hideAspectRatio === true || model.hideAspectRatioWithImage === true;
  return {
    label: model.label,
    company: model.company,
    logo: model.logo,
    isNew: model.isNew,
    provider: model.provider,
    baseCreditCost: model.baseCreditCost,
    isTransition: model.isTransition,
    requiresAttachment: model.requiresAttachment,
    supportsImageToVideo: model.supportsAttachment ?? false,
    isTextOnly: model.isTextOnly ?? false,
    isImageOnly: model.isImageOnly ?? false,
    maxAttachments: model.maxAttachments ?? 0,
    // The app asks for exactly two frames.
    endFrame: model.isTransition ? "required" : "none",
    allowedAspectRatios: model.allowedAspectRatios,
    allowedDurations: model.allowedDurations,
    allowedResolutions: model.allowedResolutions ?? [],
    showResolutionSelector: model.showResolutionSelector ?? false,
    hideAspectRatio: model.hideAspectRatio ?? false,
    hideAspectRatioWithImage: model.hideAspectRatioWithImage ?? false,
    aspectRatiosWithImage: takesImage
      ? (model.imageAttachedAspectRatios ?? (hidesShape ? [] : model.allowedAspectRatios))
      : "-",
    durationsWithImage: takesImage ? (model.imageAttachedDurations ?? model.allowedDurations) : "-",
    ...(model.id === "kling-o1" && {
      maxAttachmentsWithVideo: model.maxAttachments,
      aspectRatiosWithVideo: model.allowedAspectRatios,
      durationsWithVideo: model.allowedDurations,
    }),
    supportsAudio: model.supportsAudio,
    defaultAudioOn: model.defaultAudioOn ?? false,
    supportsFastMode: false,
    supportsWatermarkToggle: model.supportsWatermarkToggle ?? false,
    supportsCameraFixed: model.supportsCameraFixed ?? false,
  };
}

function ourFacts(id: string): Facts {
  if (!isVideoModelId(id)) throw new Error(`${id} is missing from the registry.`);
  const model = getVideoModel(id);
  const traits = traitsOf(id);
  const withImage = traits.supportsImageToVideo
    ? choicesFor(id, { attachments: { attachmentImageUrl: "file" } })
    : undefined;
  const withVideo = traits.isKlingO1 ? choicesFor(id, { attachments: { klingO1Video: "file" } }) : undefined;
  const {
    specs: _specs,
    isRetired: _isRetired,
    isKlingO1: _isKlingO1,
    isKlingO1Transition: _transition,
    ...flags
  } = traits;
  return {
    ...flags,
    label: model.label,
    company: model.company,
    provider: model.providers[0],
    baseCreditCost: model.baseCredits,
    endFrame: choicesFor(id).attachments.endFrame,
    allowedAspectRatios: model.aspectRatios,
    allowedDurations: model.durations,
    allowedResolutions: model.resolutions,
    aspectRatiosWithImage: withImage?.aspectRatios ?? "-",
    durationsWithImage: withImage?.durations ?? "-",
    ...(withVideo && {
      maxAttachmentsWithVideo: withVideo.attachments.references.max,
      aspectRatiosWithVideo: withVideo.aspectRatios,
      durationsWithVideo: withVideo.durations,
    }),
  };
}

const asText = (where: string, app: unknown, ours: unknown) =>
  `${where}: ${JSON.stringify(app)} -> ${JSON.stringify(ours)}`;

describe("the registry and the app's facts", () => {
  test("name the same models: every one of the app's is here", () => {
    expect(videoModelIds()).toEqual(expect.arrayContaining(appModels.models.map(({ id }) => id)));
  });

  test("differ only where a departure is listed, and there as it says", () => {
    const found = appModels.models.flatMap((model) => {
      const ours = ourFacts(model.id);
      return Object.entries(factsOfApp(model))
        .filter(([fact, app]) => JSON.stringify(app) !== JSON.stringify(ours[fact]))
        .map(([fact, app]) => asText(`${model.id} ${fact}`, app, ours[fact]));
    });
    const listed = readDepartures().flatMap(({ models, fact, app, ours }) =>
      models.map((model) => asText(`${model} ${fact}`, app, ours)),
    );
    expect(found.sort()).toEqual(listed.sort());
  });

  test("are compared on every flag that traitsOf has, but the four that the facts do not know", () => {
    const [first] = appModels.models;
    const compared = Object.keys(first ? factsOfApp(first) : {});
    const unknown = Object.keys(traitsOf("vid-ovi")).filter((flag) => !compared.includes(flag));
    expect(unknown).toEqual(["isKlingO1", "isKlingO1Transition", "specs", "isRetired"]);
  });

  test("every departure gives its reason", () => {
    for (const { why } of readDepartures()) expect(why).toMatch(/^[A-Z].{10,}\.$/);
  });
});
