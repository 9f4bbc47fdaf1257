// One tile of the grid, made from a row, a generation or both. Pure.
import { findVideoModel } from "@video-engine/video-models";
import { CANCELED_REASON } from "../core/settlement.ts";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import { codeOfSentence, type SentenceOf } from "../sentence-of.ts";
import type { TileSource } from "./join-generations.ts";
import type { TileTimes } from "./times-of.ts";

/** What the grid shows of one generation. */
export interface VideoTile {
  /** React's `key`: the same from the instant tile to the finished row. */
  readonly key: string;
  readonly status: "loading" | "completed" | "failed" | "canceled";
  /** True when it has been loading for ten minutes and no engine here drives it. */
  readonly isStale: boolean;
  readonly prompt: string;
  /** As the row has it: perhaps a model that this version does not know. */
  readonly model: string | undefined;
  readonly modelLabel: string | undefined;
  /** Width to height. `16:9` where the model decides by itself. */
  readonly aspectRatio: string;
  /** URLs; not empty exactly when the status is `completed`. */
  readonly videos: readonly string[];
  /** URL of a picture. */
  readonly previewImage: string | undefined;
  /** Epoch milliseconds, on the backend's clock. */
  readonly createdAt: number;
  /** A sentence; set exactly when the status is `failed`. */
  readonly error: string | undefined;
  readonly rowId: string | undefined;
  /** The engine's id, for `engine.get` and `useGeneration`. */
  readonly generationId: string | undefined;
  /** Its row says that its credits were released, or its generation of this start is known to be. */
  readonly isRefunded: boolean;
  /** Phase, progress, pause, and whether it was charged. Undefined for a generation of another start of the app. */
  readonly snapshot: GenerationSnapshot | undefined;
}

/** Milliseconds after which a loading row that no engine here drives is stale. The app's rule. */
export const STALE_AFTER_MS = 600_000;

/** The tile of a source, without its key. */
export function tileOf(source: TileSource, times: TileTimes, sentenceOf: SentenceOf): Omit<VideoTile, "key"> {
  const { row, snapshot } = source;
  const outcome = outcomeOf(source, sentenceOf);
  const createdAt = times.createdAt(source);
  const model = snapshot?.model ?? row?.model;
  return {
    ...outcome,
    isStale: isStale(outcome.status, source, { now: times.now, createdAt }),
    prompt: snapshot?.prompt || row?.prompt || "",
    model,
    modelLabel:
      row?.modelLabel ?? (model === undefined ? undefined : (snapshot?.modelFacts ?? findVideoModel(model))?.label),
    aspectRatio: frameOf(snapshot?.request?.aspectRatio ?? row?.aspectRatio),
    previewImage: row?.previewImage ?? snapshot?.previewImage,
    createdAt,
    rowId: row?.id ?? snapshot?.rowId,
    generationId: snapshot?.id,
    isRefunded: row?.isRefunded === true || snapshot?.settlement === "released",
    snapshot,
  };
}

/** Whether a tile has been loading for too long, and no engine here drives it. */
export function isStale(
  status: VideoTile["status"],
  { snapshot }: TileSource,
  { now, createdAt }: { readonly now: number; readonly createdAt: number },
): boolean {
  return status === "loading" && snapshot === undefined && now - createdAt >= STALE_AFTER_MS;
}

/** When the next of these tiles becomes stale, in epoch milliseconds; undefined when none will. */
export function staleAt(tiles: readonly VideoTile[]): number | undefined {
  const times = tiles.flatMap(({ status, isStale, snapshot, createdAt }) =>
    status === "loading" && !isStale && snapshot === undefined ? [createdAt + STALE_AFTER_MS] : [],
  );
  return times.length === 0 ? undefined : Math.min(...times);
}

type Outcome = Pick<VideoTile, "status" | "videos" | "error">;

/** A video counts first, then how the generation ended here, then what the row says. */
function outcomeOf({ row, snapshot }: TileSource, sentenceOf: SentenceOf): Outcome {
  const videos = [row?.videos, snapshot?.status === "completed" ? snapshot.videos : undefined];
  const there = videos.find((urls) => urls !== undefined && urls.length > 0);
  if (there !== undefined) return { status: "completed", videos: there, error: undefined };
  // The row says it before the credits are given back, so also of one that this engine still drives.
  const isCanceledInRow = snapshot?.status !== "failed" && row?.error === CANCELED_REASON;
  if (snapshot?.status === "canceled" || isCanceledInRow) return { status: "canceled", videos: [], error: undefined };
  const failed = (error: string): Outcome => ({ status: "failed", videos: [], error });
  if (snapshot?.status === "failed" && snapshot.error !== undefined) return failed(sentenceOf(snapshot.error));
  if (row?.error !== undefined) return failed(sentenceOfRow(row.error, sentenceOf));
  // It ended without a video and without a reason.
  if (snapshot?.status === "failed" || row?.isLoading === false) return failed(sentenceOf("result-missing"));
  return { status: "loading", videos: [], error: undefined };
}

/** A row keeps the sentence only, and always ours: devices of other languages read it too. What a server or a provider said stays as it is. */
function sentenceOfRow(text: string, sentenceOf: SentenceOf): string {
  const code = codeOfSentence(text);
  return code === undefined ? text : sentenceOf(code);
}

function frameOf(aspectRatio: string | undefined): string {
  return aspectRatio !== undefined && /^\d{1,2}:\d{1,2}$/.test(aspectRatio) ? aspectRatio : "16:9";
}
