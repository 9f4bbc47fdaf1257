// An engine with what an app uses beside it: files, settings, sessions and posters. The ports are passed in; nothing is decided here.
import type { OfferedBy, VideoModelId, VideoQuote } from "@video-engine/video-models";
import type { ServedCatalogue } from "./catalogue/create-served-catalogue.ts";
import { keepFresh, type KeptFresh } from "./catalogue/keep-fresh.ts";
import { createSoldModels, latestOf, type GivenModels, type SoldModelsStore } from "./catalogue/create-sold-models.ts";
import { createAfterSuccess } from "./after-success/create-after-success.ts";
import type { Attachment, AttachmentSource, GenerateRequest } from "./attachments/attachment.ts";
import { createAttachments } from "./attachments/create-attachments.ts";
import { mapSources } from "./attachments/create-take.ts";
import { placeholderFor } from "./core/upload-placeholder.ts";
import {
  createEngine,
  type EngineOptions,
  type GenerateOptions,
  type GenerationEngine,
} from "./engine/create-engine.ts";
import type { ForgetOptions, Forgotten } from "./engine/forget.ts";
import type { Generation } from "./engine/generation-handle.ts";
import { tryQuote } from "./engine/try-quote.ts";
import { createSentenceOf, type SentenceOf, type VideoSentences } from "./sentence-of.ts";
import type { RequestFiles } from "./engine/request-files.ts";
import { createSessionList, type SessionList } from "./grid/create-session-list.ts";
import { createVideoSessions, type VideoSessions } from "./grid/create-video-sessions.ts";
import { inCurrentSession } from "./grid/in-current-session.ts";
import type { FileUploader } from "./file-ports.ts";
import type { FindFirstFrame, SessionReader } from "./ports.ts";
import {
  createVideoSettings,
  type VideoSettingsOptions,
  type VideoSettingsStore,
} from "./settings/create-video-settings.ts";

/** Generates videos, keeps the books balanced, and holds what a screen needs for that. Every method works unbound. */
export interface VideoEngine extends Omit<GenerationEngine, "generate" | "quote" | "forget"> {
  /**
   * Starts a generation and returns at once. With a model's id written in the request, its duration and resolution are checked by the compiler.
   * Never throws for a bad request: the handle has then failed with `invalid-request` or `unknown-model`, and nothing was called.
   *
   * @throws `VideoError` `disposed` after `dispose()`.
   * @example
   * const generation = engine.generate({ model: "vid-veo-3.1", prompt: "a corgi surfing", duration: 8 });
   */
  generate<Id extends VideoModelId>(request: GenerateRequest & OfferedBy<Id>, options?: GenerateOptions): Generation;
  /** The price of a request, line by line, and what would be fitted or refused. Its files need not be uploaded. Throws for an unknown model. */
  quote<Id extends VideoModelId>(request: GenerateRequest & OfferedBy<Id>): VideoQuote;
  /** Starts to upload a file before there is a request for it, such as when the user has picked it. Never throws. */
  attach(source: AttachmentSource): Attachment;
  /**
   * Erases what is stored of this user, such as at a sign-out, before `dispose()`: the settings, and generations that have ended, at once;
   * those that still hold credits, or may, when they are settled: here, or after the next sign-in. With `force` they are erased at once, too;
   * what is given up is in the answer. How long jobs took stays: it says nothing of a user. Rejects with `storage-failed`, and may then be called
   * again; and with `disposed`.
   */
  forget(options?: ForgetOptions): Promise<Forgotten>;
  /**
   * The sentence to show for an error, or for a code: the app's own of `sentences`, or else the error's message. The hooks and the tiles say it
   * so; `message` itself stays as it is, for the log. Never throws.
   */
  readonly sentenceOf: SentenceOf;
  /** The models that the app sells: what pickers and forms go by. */
  readonly models: SoldModelsStore;
  /** The last-used settings, per model. */
  readonly settings: VideoSettingsStore;
  /** The user's sessions, and what their grids show. */
  readonly sessions: VideoSessions;
}

/** The ports and options of a {@link VideoEngine}. */
export interface ComposedEngineOptions extends Omit<EngineOptions, "files" | "afterSuccess" | "registry"> {
  /** The models instead of those of this release. */
  readonly registry?: GivenModels | undefined;
  /** The models and prices of the app's server, over the registry that it was given. */
  readonly catalogue?: ServedCatalogue | undefined;
  /** Sends attached files. */
  readonly uploader: FileUploader;
  /** Makes the poster of a finished video. Left out: there are no posters. */
  readonly findFirstFrame?: FindFirstFrame | undefined;
  /** Reads the user's sessions. Left out: there are none to read. */
  readonly reader?: SessionReader | undefined;
  readonly settings?: VideoSettingsOptions | undefined;
  /** What users read of an error, by its code. Default: the errors' own messages. */
  readonly sentences?: VideoSentences | undefined;
  /** Called with what a function of `sentences` throws. The error's own message stands for it. */
  readonly onSentenceFailed?: ((cause: unknown) => void) | undefined;
}

/** An engine over these ports. Does no I/O and starts no timer. */
export function composeEngine(options: ComposedEngineOptions): VideoEngine {
  const { findFirstFrame, ledger, platform, onEvent } = options;
  return composeAround(options, (files, list, { hear, ...latest }) =>
    createEngine({
      ...options,
      ...latest,
      onEvent(event) {
        hear(event);
        return onEvent?.(event);
      },
      files,
      ledger: inCurrentSession(ledger, list),
      afterSuccess: findFirstFrame && createAfterSuccess({ findFirstFrame, ledger, clock: platform.clock }),
    }),
  );
}

/** What an app uses beside its generations: whichever way those are run. */
export type AroundOptions = Pick<
  ComposedEngineOptions,
  | ("platform" | "lifecycle" | "uploader" | "reader" | "settings" | "sentences" | "onSentenceFailed")
  | ("registry" | "catalogue" | "quote")
>;

/** The models and prices of each moment, and what is to be told of events. */
type Latest = ReturnType<typeof latestOf> & Pick<KeptFresh, "hear">;

/** Models, files, settings, sessions and sentences around the generations that `build` runs. */
export function composeAround(
  options: AroundOptions,
  build: (files: RequestFiles, list: SessionList, latest: Latest) => GenerationEngine,
): VideoEngine {
  const { platform, lifecycle, uploader, reader, settings, catalogue } = options;
  const sentenceOf = createSentenceOf(options.sentences, options.onSentenceFailed);
  const models = createSoldModels(options);
  const fresh = keepFresh(catalogue, lifecycle);
  const files = createAttachments({ ...platform, uploader });
  const list = createSessionList(reader);
  const settingsStore = createVideoSettings({
    isPriced: (model) => typeof tryQuote(engine.quote, { model, prompt: "" }) !== "string",
    models,
    whenRead: catalogue?.read,
    ...settings,
  });
  let isDisposed = false;
  const engine = build(files, list, { ...latestOf(models), hear: fresh.hear });
  return {
    ...engine,
    quote: (request) =>
      engine.quote(mapSources(request, (source) => (typeof source === "string" ? source : placeholderFor("file")))),
    attach: files.attach,
    resume(resumeOptions) {
      fresh.start();
      return engine.resume(resumeOptions);
    },
    models,
    async forget(forgetOptions) {
      // Each is tried, whether or not the other works.
      const forgetSettings = isDisposed ? Promise.resolve() : settingsStore.forget();
      const [forgotten] = await Promise.all([engine.forget(forgetOptions), forgetSettings]);
      return forgotten;
    },
    sentenceOf,
    settings: settingsStore,
    sessions: createVideoSessions({ list, generations: engine, clock: platform.clock, sentenceOf }),
    dispose() {
      isDisposed = true;
      fresh.stop();
      files.dispose();
      engine.dispose();
    },
  };
}
