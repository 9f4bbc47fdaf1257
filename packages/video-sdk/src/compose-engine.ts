// An engine with what an app uses beside it: files, settings, sessions and pictures. Ports are passed in; nothing is decided here.
import { createAfterSuccess } from "./after-success/create-after-success.ts";
import type { FindFirstFrame } from "./after-success/create-first-frame-finder.ts";
import type { Attachment, AttachmentSource } from "./attachments/attachment.ts";
import type { GenerateRequest } from "./attachments/attached-video-request.ts";
import { createAttachments } from "./attachments/create-attachments.ts";
import type { FileUploader } from "./attachments/file-uploader.ts";
import { mapSources } from "./attachments/map-sources.ts";
import { placeholderFor } from "./core/upload-placeholder.ts";
import { createEngine, type EngineOptions, type GenerationEngine } from "./engine/create-engine.ts";
import { createVideoSessions, type VideoSessions } from "./sessions/create-video-sessions.ts";
import { inCurrentSession } from "./sessions/in-current-session.ts";
import type { SessionReader } from "./sessions/session-reader.ts";
import {
  createVideoSettings,
  type VideoSettingsOptions,
  type VideoSettingsStore,
} from "./settings/create-video-settings.ts";
import type { VideoQuote } from "@video-engine/video-models";

/** Generates videos, keeps the books balanced, and has what a screen needs around that. Every method works unbound. */
export interface VideoEngine extends Omit<GenerationEngine, "quote"> {
  /** The price of a request, line by line, and what would be fitted or refused. Its files need not be uploaded. Throws for an unknown model. */
  quote(request: GenerateRequest): VideoQuote;
  /** Begins to upload a file at once, such as when the user has picked it, to be named in a request later. Never throws. */
  attach(source: AttachmentSource): Attachment;
  /** Last-used settings, per model. */
  readonly settings: VideoSettingsStore;
  /** The user's sessions, and what their grids show. */
  readonly sessions: VideoSessions;
}

/** What it is made from. */
export interface ComposedEngineOptions extends Omit<EngineOptions, "files" | "afterSuccess"> {
  /** Sends attached files. */
  readonly uploader: FileUploader;
  /** Makes a picture of a finished video. Left out: there are none. */
  readonly findFirstFrame?: FindFirstFrame | undefined;
  /** Where sessions are read. Left out: there are none to read. */
  readonly reader?: SessionReader | undefined;
  readonly settings?: VideoSettingsOptions;
}

/** An engine over these ports. Does no I/O and starts no timer. */
export function composeEngine(options: ComposedEngineOptions): VideoEngine {
  const { uploader, findFirstFrame, reader, settings, ...engineOptions } = options;
  const { platform, ledger } = engineOptions;
  const files = createAttachments({ ...platform, uploader });
  const afterSuccess = findFirstFrame && createAfterSuccess({ findFirstFrame, ledger, clock: platform.clock });
  const sessions = createVideoSessions({
    ...(reader === undefined ? {} : { reader }),
    generations: { list: () => engine.list(), subscribe: (listener) => engine.subscribe(listener) },
    clock: platform.clock,
  });
  const engine: GenerationEngine = createEngine({
    ...{ ...engineOptions, files, ledger: inCurrentSession(ledger, sessions) },
    ...(afterSuccess === undefined ? {} : { afterSuccess }),
  });
  return {
    ...engine,
    quote: (request) =>
      engine.quote(mapSources(request, (source) => (typeof source === "string" ? source : placeholderFor("file")))),
    attach: files.attach,
    settings: createVideoSettings(settings),
    sessions,
    dispose() {
      files.dispose();
      engine.dispose();
    },
  };
}
