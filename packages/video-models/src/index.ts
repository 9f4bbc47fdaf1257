// The public names, one by one.
export type { AttachedThings } from "./attached.ts";
export type { AttachmentChoices, AttachmentNeed, CountedAttachments } from "./attachment-choices.ts";
export { createCatalogue } from "./catalogue.ts";
export type { VideoCatalogue } from "./catalogue.ts";
export { choicesFor } from "./choices.ts";
export type { ChoicesGiven, VideoChoices } from "./choices.ts";
export { calculateVideoCost } from "./cost.ts";
export type { CalculateVideoCost } from "./cost.ts";
export { createRegistry } from "./create-registry.ts";
export type { AnyVideoRegistry, VideoModelFamily, VideoRegistry } from "./create-registry.ts";
export { currentModelOf } from "./current-model-of.ts";
export type { FieldNote } from "./field-note.ts";
export { fitSettings } from "./fit-settings.ts";
export type { FittedSettings } from "./fit-settings.ts";
export { isVideoCatalogue, mergeCatalogue } from "./merge-catalogue.ts";
export type { MergedCatalogue, NewerVideoModel } from "./merge-catalogue.ts";
export type {
  ModelCost,
  ModelInput,
  ModelLists,
  ReferenceLimit,
  SecondRate,
  VideoAspectRatio,
  VideoDuration,
  VideoMode,
  VideoModel,
  VideoModelLifecycle,
  VideoProviderId,
  VideoRate,
  VideoResolution,
  VideoToggle,
} from "./model.ts";
export { finishing } from "./models/finishing.ts";
export { gemini } from "./models/gemini.ts";
export { grok } from "./models/grok.ts";
export { hailuo } from "./models/hailuo.ts";
export { hunyuan } from "./models/hunyuan.ts";
export { kandinsky } from "./models/kandinsky.ts";
export { kling } from "./models/kling.ts";
export { ltx } from "./models/ltx.ts";
export { lucy } from "./models/lucy.ts";
export { luma } from "./models/luma.ts";
export { ovi } from "./models/ovi.ts";
export { pixverse } from "./models/pixverse.ts";
export { seedance } from "./models/seedance.ts";
export { sora } from "./models/sora.ts";
export { veo } from "./models/veo.ts";
export { vidu } from "./models/vidu.ts";
export { wan } from "./models/wan.ts";
export { checkVideoRequest, parseVideoRequest } from "./parse-video-request.ts";
export type { VideoRequestCheck } from "./parse-video-request.ts";
export type { Price, PriceLine, VideoCostOptions } from "./price-of.ts";
export { DEFAULT_PRICE_TABLE } from "./price-table.ts";
export type { OwnPrices, PriceTable } from "./price-table.ts";
export { videoModelLifecycle } from "./model-schema.ts";
export { createPricing } from "./pricing.ts";
export type { VideoPricing } from "./pricing.ts";
export { quoteVideo } from "./quote.ts";
export type { QuoteVideo, VideoQuote } from "./quote.ts";
export { findVideoModel, getVideoModel, isVideoModelId, VIDEO_MODELS } from "./registry.ts";
export type { OfferedBy, VideoModelId } from "./registry.ts";
export { resolveVideoRequest } from "./resolve-video-request.ts";
export type { VideoRequestResolution } from "./resolve-video-request.ts";
export { sortedVideoModels } from "./sorted-video-models.ts";
export type { ListedBy, ListedVideoModel } from "./sorted-video-models.ts";
export { traitsOf } from "./traits.ts";
export type { VideoModelTraits } from "./traits.ts";
export { transitionOf } from "./transition-of.ts";
export { UnknownVideoModelError } from "./unknown-video-model-error.ts";
export { UnpricedVideoModelError } from "./unpriced-video-model-error.ts";
export { VIDEO_MODEL_IDS } from "./video-model-ids.ts";
export { VideoRequestError } from "./video-request-error.ts";
export type { VideoRequestErrorCode } from "./video-request-error.ts";
export type { VideoRequestIssue } from "./video-request-issue.ts";
export type {
  KlingElement,
  ResolvedVideoRequest,
  VideoAttachments,
  VideoKeyframe,
  VideoRequest,
  VideoSettings,
} from "./video-request.ts";
