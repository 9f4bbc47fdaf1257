// A screen as the shipped app has it: it keeps what the user edits, takes over the settings when they load, and its session when it is told.
import { useEffect, useState, type ReactElement } from "react";
import { rulesOf, type VideoAspectRatio, type VideoDuration, type VideoModelId } from "../config/video-models.ts";
import { useVideoGeneration, type VideoGenerationStatus } from "../hooks/use-video-generation.ts";

const LABELS: Readonly<Record<VideoGenerationStatus, string>> = {
  idle: "",
  acquiring_slot: "Waiting for a free slot",
  reserving_credits: "Reserving credits",
  creating_session: "Opening the session",
  generating: "Starting",
  polling: "Rendering",
  completing: "Saving",
  completed: "Done",
  failed: "Failed",
};

interface Props {
  /** The session of the route; left out on a new one. */
  readonly sessionId?: string;
  /** Images that were uploaded before. */
  readonly images?: readonly string[];
  /** Asks the user, as React Native's `Alert` does. */
  readonly alert: (title: string, text: string) => void;
}

export function VideosScreen({ sessionId, images = [], alert }: Props): ReactElement {
  const { status, error, progress, isGenerating, settings, updateSettings, generate, cancel, reset } =
    useVideoGeneration();
  const [session, setSession] = useState<string | undefined>(sessionId);
  const [prompt, setPrompt] = useState("");
  const [modelId, setModelId] = useState<VideoModelId>(settings.modelId);
  const [aspectRatio, setAspectRatio] = useState<VideoAspectRatio>(settings.aspectRatio);
  const [duration, setDuration] = useState<VideoDuration>(settings.duration);
  const [resolution, setResolution] = useState(settings.resolution);
  const [hasAudio, setHasAudio] = useState(settings.generateAudio);
  const [videos, setVideos] = useState<{ url: string }[]>([]);
  const [lastRow, setLastRow] = useState<string | undefined>(undefined);
  const rules = rulesOf(modelId);

  // Takes over what was stored, once it is read. This must not run again for each step of a generation.
  useEffect(() => {
    setModelId(settings.modelId);
    setAspectRatio(settings.aspectRatio);
    setDuration(settings.duration);
    setResolution(settings.resolution);
    setHasAudio(settings.generateAudio);
  }, [settings]);

  useEffect(() => {
    const [first] = rules.durations;
    if (!rules.durations.includes(duration) && first !== undefined) setDuration(first);
  }, [rules.durations, duration]);

  async function handleGenerate(): Promise<void> {
    const [image, other] = images;
    const isKling = modelId === "kling-o1";
    const isTransition = image !== undefined && other !== undefined && !isKling;
    const result = await generate({
      prompt: prompt.trim(),
      modelId,
      aspectRatio,
      duration,
      resolution,
      generateAudio: rules.hasAudio ? hasAudio : undefined,
      attachmentImageUrl: isTransition || isKling ? undefined : image,
      startFrameImageUrl: isTransition ? image : undefined,
      endFrameImageUrl: isTransition ? other : undefined,
      klingO1Images: isKling ? images.map((url) => ({ url })) : undefined,
      sessionId: session,
      onSessionId: (id) => setSession((known) => known ?? id),
    });
    if (result.success) {
      setVideos(result.videos ?? []);
      setLastRow(result.generationId);
      if (result.sessionId && !session) setSession(result.sessionId);
    } else {
      alert("Generation failed", result.error || "Unknown error");
    }
  }

  return (
    <main>
      <textarea aria-label="Prompt" value={prompt} onChange={(event) => setPrompt(event.target.value)} />
      <select
        aria-label="Model"
        value={modelId}
        onChange={(event) => void updateSettings({ modelId: event.target.value as VideoModelId })}
      >
        {(["vid-veo-3.1", "kie-wan-2.5", "kling-o1"] as const).map((id) => (
          <option key={id} value={id}>
            {rulesOf(id).label}
          </option>
        ))}
      </select>
      {rules.aspectRatios.map((ratio) => (
        <button key={ratio} type="button" aria-pressed={ratio === aspectRatio} onClick={() => setAspectRatio(ratio)}>
          {ratio}
        </button>
      ))}
      <p aria-label="Length">{duration} s</p>
      <button type="button" disabled={prompt.trim() === ""} onClick={() => void handleGenerate()}>
        Generate
      </button>
      {isGenerating && (
        <button type="button" onClick={cancel}>
          Cancel
        </button>
      )}
      <button type="button" onClick={reset}>
        Clear
      </button>
      <output>{error ?? LABELS[status]}</output>
      <progress value={progress} max={100} />
      <p aria-label="Session">{session}</p>
      <p aria-label="Row">{lastRow}</p>
      {videos.map(({ url }) => (
        <video key={url} src={url} aria-label="Video" />
      ))}
    </main>
  );
}
