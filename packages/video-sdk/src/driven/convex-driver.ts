// The composition root of an app whose generations run in its Convex deployment: the functions that `@video-engine/convex` made, as the engine's
// driver. Nothing is decided here.
import { createFileUploader } from "../attachments/create-file-uploader.ts";
import { putBy } from "../attachments/default-put.ts";
import { composeAround } from "../compose-engine.ts";
import { classifyConvexError } from "../convex/classify-convex-error.ts";
import { isSocketClient } from "../convex/convex-client-like.ts";
import { convexLiveQuery, type LiveConvexClient } from "../convex/convex-live-query.ts";
import { createConvexSessionReader } from "../convex/create-convex-session-reader.ts";
import type { MutationReference, QueryReference } from "../convex/function-names.ts";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import type { EngineDriver } from "../create-video-engine.ts";
import { VideoError, videoErrorData } from "../errors.ts";
import type { VideoEngineEvent } from "../engine/engine-event.ts";
import type { FileUploader } from "../file-ports.ts";
import { createCallbackGuard } from "../guard-callbacks.ts";
import { systemPlatform } from "../platform/system.ts";
import type { CallResult } from "../ports.ts";
import { createDrivenEngine } from "./create-driven-engine.ts";
import type { EventPage } from "./driven-events.ts";
import { createPosters } from "./create-posters.ts";
import type { GenerationDriver } from "./generation-driver.ts";

/** The functions that the app exports from one module: its generated `api.video`. */
export interface DrivenFunctions {
  readonly generate: MutationReference;
  readonly cancel: MutationReference;
  readonly list: QueryReference;
  /** Needed for `onEvent`, and for `on` of a handle: without it they are told nothing of what happens in the deployment. */
  readonly events?: QueryReference | undefined;
}

/**
 * Generations that run in the deployment: `generate()` is one mutation, and the rest comes by subscription. The engine polls nothing, keeps no
 * journal and takes no locks; call `resume()` once at the start to see what runs. A ConvexHttpClient follows nothing, so it will not do.
 *
 * @example
 * const engine = createVideoEngine({ convex, driver: convexDriver(api.video) });
 */
export function convexDriver(functions: DrivenFunctions): EngineDriver {
  return (options) => {
    const { convex: client, http, platform: given = {}, user, onSuccess, onError, onSettled, sentences } = options;
    if (!isSocketClient(client)) {
      const message =
        "A driver needs a client that follows queries. Pass a ConvexReactClient or a ConvexClient as `convex`.";
      throw new VideoError("not-configured", { message, details: { option: "convex" } });
    }
    const guard = createCallbackGuard((event) => options.onEvent?.(event));
    const platform = guard.platform(given, systemPlatform);
    const { clock } = platform;
    const put = putBy(given.put, http);
    const aroundOptions = {
      platform,
      uploader: http === undefined ? NO_UPLOADER : createFileUploader({ http, clock, put, routes: options.routes }),
      reader: createConvexSessionReader({ ...options.backend, client, functions: options.functions }),
      settings: { storage: given.storage, user, onFailed: (cause: unknown) => guard.tell("platform.storage", cause) },
      sentences,
      onSentenceFailed: (cause: unknown) => guard.tell("sentences", cause),
      lifecycle: given.lifecycle,
      ...{ registry: options.registry, catalogue: options.catalogue, quote: options.pricing?.quoteVideo },
    };
    return composeAround(aroundOptions, (files, list, { registry, quote, hear }) =>
      createDrivenEngine({
        ...{ files, platform, guard, onSuccess, onSettled },
        onError(error, outcome) {
          // The deployment sells something else than the catalogue says.
          hear({ error });
          return onError?.(error, outcome);
        },
        ...{ keepEnded: options.keepEnded, registry, quote },
        driver: driverOf(client, functions),
        onEvent: options.onEvent && ((event) => guard.run("onEvent", () => options.onEvent?.(withUser(event, user)))),
        afterSuccess: createPosters(options, clock),
        shownSession: () => list.getSnapshot().currentId,
      }),
    );
  };
}

function withUser(event: VideoEngineEvent, user: string | undefined): VideoEngineEvent {
  return user === undefined ? event : { ...event, user };
}

function driverOf(client: LiveConvexClient, functions: DrivenFunctions): GenerationDriver {
  const { generate, cancel, list, events } = functions;
  const query = convexLiveQuery({ client, reference: list, args: {}, read: readSnapshots });
  const mutate = async (reference: MutationReference, args: Record<string, unknown>) => {
    try {
      return readSnapshot(await client.mutation(reference, args));
    } catch (thrown) {
      return classifyConvexError(thrown, true);
    }
  };
  return {
    start: ({ sessionId, ...start }) => mutate(generate, sessionId === undefined ? start : { ...start, sessionId }),
    cancel: (id) => mutate(cancel, { id }),
    follow: (listener) => query.follow?.(listener) ?? (() => undefined),
    ...(events && {
      events: (after) =>
        convexLiveQuery({ client, reference: events, args: after === undefined ? {} : { after }, read: readEvents }),
    }),
    read: () => query.read(),
  };
}

function readSnapshots(answer: unknown): CallResult<readonly GenerationSnapshot[]> {
  if (!Array.isArray(answer)) return unreadable();
  return { ok: true, value: answer.filter(isSnapshot) };
}

function readEvents(answer: unknown): CallResult<EventPage> {
  const { last, events }: Partial<Record<string, unknown>> = Object(answer) as object;
  if (typeof last !== "number" || !Array.isArray(events)) return unreadable();
  return { ok: true, value: { last, events: events.flatMap(eventIn) } };
}

/** What cannot be read is of a deployment with another release, and left out. */
function eventIn(told: unknown): EventPage["events"] {
  const { number, event }: Partial<Record<string, unknown>> = Object(told) as object;
  try {
    if (typeof number !== "number" || typeof event !== "string") return [];
    return [{ number, event: JSON.parse(event) as VideoEngineEvent }]; // written by the component, of the same types
  } catch {
    return [];
  }
}

function readSnapshot(answer: unknown): CallResult<GenerationSnapshot> {
  return isSnapshot(answer) ? { ok: true, value: answer } : unreadable();
}

/** What the deployment says is what its own machine made; a member that is undefined is left out there. */
function isSnapshot(value: unknown): value is GenerationSnapshot {
  const { id, status, phase, videos }: Partial<Record<string, unknown>> = Object(value) as object;
  return [id, status, phase].every((text) => typeof text === "string") && Array.isArray(videos);
}

function unreadable(): CallResult<never> {
  const error = videoErrorData("protocol-mismatch", { message: "The deployment's answer is no generation." });
  // A mutation that answers has run.
  return { ok: false, certainty: "unknown", error };
}

/** Without `http` there is no way to send a file. */
const NO_UPLOADER: FileUploader = {
  upload: () =>
    Promise.resolve({
      ok: false,
      certainty: "not-done",
      error: videoErrorData("not-configured", {
        message: "Files are sent to the app's routes: pass `http`, or requests that have https URLs.",
      }),
    }),
};
