// Every call that the registry makes, one for each endpoint: requests of every kind, written as they would be sent.
import {
  checkVideoRequest,
  getVideoModel,
  VIDEO_MODEL_IDS,
  type VideoProviderId,
  type VideoRequest,
} from "@video-engine/video-models";
import { toProviderJob, type ProviderJob } from "@video-engine/video-models/providers";

const IMAGE = "https://images.example/start.png";
const CLIP = "https://clips.example/clip.mp4";
const SOUND = "https://sounds.example/speech.mp3";

/** What may be attached to a request, in every combination that leads to an endpoint of its own. */
const ATTACHED: readonly Partial<VideoRequest>[] = [
  {},
  { attachmentImageUrl: IMAGE },
  { attachmentImageUrl: IMAGE, fastMode: true },
  { attachmentImageUrl: IMAGE, endFrameImageUrl: IMAGE },
  { attachmentImageUrl: IMAGE, audioUrl: SOUND },
  { startFrameImageUrl: IMAGE },
  { startFrameImageUrl: IMAGE, endFrameImageUrl: IMAGE },
  { referenceImageUrls: [IMAGE] },
  { klingO1Images: [IMAGE] },
  { klingO1Video: CLIP },
  { sourceVideoUrl: CLIP },
  { sourceVideoUrl: CLIP, audioUrl: SOUND },
];

/** The calls of one provider, by endpoint. A provider is asked for what goes there first. */
export function registryJobs(provider: VideoProviderId): ReadonlyMap<string, ProviderJob> {
  const models = Object.values(VIDEO_MODEL_IDS).filter((id) => {
    const { providers, lifecycle } = getVideoModel(id);
    return providers[0] === provider && lifecycle.stage !== "retired";
  });
  const jobs = models.flatMap((model) =>
    ATTACHED.flatMap((attached) => jobOf({ model, prompt: "a corgi", ...attached }, provider)),
  );
  return new Map(jobs.map((job) => [job.endpoint, job]));
}

/** None where this model takes no such request. */
function jobOf(request: VideoRequest, provider: VideoProviderId): readonly ProviderJob[] {
  if (!checkVideoRequest(request).ok) return [];
  try {
    return [toProviderJob(request, { provider })];
  } catch {
    return [];
  }
}
