// The engine's face over generations that run elsewhere: one call starts each, and what is told is shown. No polling, no journal, no locks.
import { quoteVideo, type VideoQuote, type VideoRequest } from "@video-engine/video-models";
import type { AfterSuccess } from "../after-success/create-after-success.ts";
import { defaultPollingPolicy } from "../core/polling-policy.ts";
import { initial } from "../core/transition.ts";
import { isUnresolved, snapshotOf } from "../core/snapshot.ts";
import { canceledSnapshot } from "../engine/canceled-snapshot.ts";
import type { GenerateOptions, GenerationEngine } from "../engine/create-engine.ts";
import type { VideoEngineEvent } from "../engine/engine-event.ts";
import type { Generation } from "../engine/generation-handle.ts";
import { createOncePerTap } from "../engine/once-per-tap.ts";
import { callWhenDecided } from "../engine/outcome-callbacks.ts";
import { planRequest, type EngineModels } from "../engine/plan-request.ts";
import { refusedSnapshot } from "../engine/refused-snapshot.ts";
import type { RequestFiles } from "../engine/request-files.ts";
import { VideoError } from "../errors.ts";
import { requestBody } from "../http/request-body.ts";
import type { CallbackGuard } from "../guard-callbacks.ts";
import { createDrivenEvents, type DrivenEvents } from "./driven-events.ts";
import { createDrivenList, type DrivenList, type DrivenListOptions } from "./driven-list.ts";
import { sendFiles, type SendingFiles } from "./send-files.ts";

/** What a driven engine needs. */
export interface DrivenEngineParts extends Omit<DrivenListOptions, "onListened" | "afterSuccess"> {
  readonly afterSuccess?: AfterSuccess | undefined;
  readonly files: RequestFiles;
  readonly guard: Pick<CallbackGuard, "run" | "signal">;
  /** The session that is shown, for generations that were given none. */
  readonly shownSession: () => string | undefined;
  readonly onEvent?: ((event: VideoEngineEvent) => void) | undefined;
  readonly registry?: EngineModels | undefined;
  readonly quote?: ((request: VideoRequest) => VideoQuote) | undefined;
}

/** The generations, and what is told of them. */
function createWatched(parts: DrivenEngineParts): Watched {
  const { driver, onEvent, afterSuccess } = parts;
  const tell = (event: VideoEngineEvent): void => {
    onEvent?.(event);
    if ("seq" in event) generations.report(event);
  };
  const told = driver.events === undefined ? NO_EVENTS : createDrivenEvents(driver.events, tell);
  const generations = createDrivenList({ ...parts, onListened: told.follow });
  const stop = (): void => {
    told.stop();
    afterSuccess?.stop();
    generations.stop();
  };
  return { generations, told, stop };
}

interface Watched {
  readonly generations: DrivenList;
  readonly told: DrivenEvents;
  stop(): void;
}

const NO_EVENTS: DrivenEvents = { follow: () => undefined, stop: () => undefined };

/** How the files of a request are sent. */
const RULES = { polling: defaultPollingPolicy } as const;

/** An engine over a driver. Does no I/O before the first call. */
export function createDrivenEngine(parts: DrivenEngineParts): GenerationEngine {
  const { driver, platform, files, guard, registry, quote = quoteVideo, shownSession } = parts;
  const { generations, told, stop } = createWatched(parts);
  const sending = new Map<string, SendingFiles>();
  const oncePerTap = createOncePerTap(generations.get);
  let isDisposed = false;
  let leave: (() => void) | undefined;

  const follow = (): void => {
    if (parts.onEvent !== undefined) told.follow();
    leave ??= driver.follow((answer) => void (answer.ok && !isDisposed && generations.hear(answer.value)));
  };

  const start = (given: Parameters<RequestFiles["take"]>[0], { signal, ...session }: GenerateOptions): Generation => {
    const [id, createdAt, taken] = [platform.createId(), platform.clock.now(), files.take(given)];
    const sessionId = session.sessionId ?? (session.isSessionOwn === true ? undefined : shownSession());
    const promised = { guarantee: "exactly-once", isSubmitRepeatable: false } as const;
    const planned = planRequest(taken, { id, createdAt, sessionId, registry, quote, ...promised });
    if ("error" in planned) {
      return generations.add(refusedSnapshot({ id, createdAt, request: taken.request, error: planned.error })).handle;
    }
    const own = signal && guard.signal(signal);
    if (own?.aborted === true) return generations.add(canceledSnapshot(planned.plan)).handle;
    const first = initial(planned.plan, taken.files);
    const cancelEarly = (): boolean => {
      const isEarly = sending.has(id);
      sending.get(id)?.cancel();
      return isEarly;
    };
    const generation = generations.add(snapshotOf(first[0]), cancelEarly);
    own?.addEventListener("abort", () => void generation.handle.cancel());
    follow();
    const sent = sendFiles({
      ...{ first, rules: RULES, uploads: files.uploads, platform },
      onShown: generation.show,
      onSent({ request, credits }) {
        sending.delete(id);
        generation.start({ id, request: requestBody(request), sessionId, credits });
      },
    });
    if (generation.handle.getSnapshot().phase === "uploading") sending.set(id, sent);
    return generation.handle;
  };

  const alive = <T>(run: () => T): T => {
    if (isDisposed) throw new VideoError("disposed");
    return run();
  };

  return {
    guarantee: "exactly-once",
    generate: (request, options = {}) =>
      alive(() => {
        const handle = oncePerTap(options.clientKey, () => {
          const begun = start(request, options);
          callWhenDecided(begun, parts, guard.run);
          return begun;
        });
        callWhenDecided(handle, options, guard.run);
        return handle;
      }),
    async resume() {
      alive(follow);
      const answer = await driver.read();
      if (!answer.ok || isDisposed) return [];
      return generations.hear(answer.value).filter((handle) => handle.getSnapshot().status === "running");
    },
    get: generations.get,
    list: generations.list,
    subscribe: generations.subscribe,
    unresolved: () => generations.list().filter((ended) => isUnresolved(ended) || ended.openSlot !== undefined),
    // The other side settles by itself, and keeps what there is.
    reconcile: () => alive(() => Promise.resolve([])),
    forget: () => alive(() => Promise.resolve({ kept: [], givenUp: [] })),
    quote,
    dispose() {
      isDisposed = true;
      leave?.();
      leave = undefined;
      for (const files of sending.values()) files.stop();
      stop();
    },
  };
}
