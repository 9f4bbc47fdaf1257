// The app's old client as it behaved: a sequence of awaited calls with one catch, no stored record, and one timer. The checks of the worlds
// must find its faults. The numbers are those of the list of known faults.
import { getVideoModel, quoteVideo, type ResolvedVideoRequest, type VideoRequest } from "@video-engine/video-models";
import type { GenerationSnapshot } from "../../../core/snapshot.ts";
import type { EngineOptions } from "../../../engine/create-engine.ts";
import { createGenerationHandle, type Generation } from "../../../engine/generation-handle.ts";
import { createObservable, type Settable } from "../../../observable.ts";
import { BUILT_IN_MODELS, invalidRequest } from "../../../engine/plan-request.ts";
import { refusedSnapshot } from "../../../engine/refused-snapshot.ts";
import { VIDEO_ERRORS, videoErrorData } from "../../../errors.ts";
import type { CallResult, JobAnswer } from "../../../ports.ts";
import type { WorldEngine } from "../tabs.ts";

const FIRST_DELAY_MS = 2_000;
const MAX_DELAY_MS = 15_000;
const MAX_ATTEMPTS = 180;
/** 1. A text that contains one of these was taken for the end of the job. */
const FATAL = /error|failed|\(4|400/i;
/** 7. What a model without a price was charged. */
const FALLBACK_CREDITS = 50;

type Ports = Pick<EngineOptions, "api" | "ledger">;

/** One hook on one screen. */
export function openOldHook({ api, ledger, platform }: EngineOptions): WorldEngine {
  const { clock, createId } = platform;
  // 6. One state and one timer, however many generations were started.
  const list = createObservable<readonly GenerationSnapshot[]>([]);
  const handles = new Map<string, Generation>();
  let timer: unknown;

  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      timer = clock.setTimeout(resolve, ms);
    });
  // 4. A promise that waits for the timer never settles.
  const cancel = (): void => clock.clearTimeout(timer);

  return {
    generate(request) {
      const snapshot = createObservable(startOf(request, createId(), clock.now()));
      const { id } = snapshot.get();
      snapshot.subscribe(() => list.set([snapshot.get()]));
      list.set([snapshot.get()]);
      const handle = createGenerationHandle({ clock, snapshot, cancel, detach: cancel, on: () => () => undefined });
      handles.set(id, handle);
      void run(request, snapshot, { ports: { api, ledger }, wait });
      return handle;
    },
    // 2. Nothing survives.
    resume: () => Promise.resolve([]),
    reconcile: () => Promise.resolve([]),
    unresolved: () => [],
    get: (id) => handles.get(id),
    list: list.get,
    subscribe: list.subscribe,
    dispose: cancel,
  };
}

async function run(
  request: VideoRequest,
  snapshot: Settable<GenerationSnapshot>,
  { ports, wait }: { ports: Ports; wait: (ms: number) => Promise<void> },
): Promise<void> {
  const { ledger, api } = ports;
  const { id } = snapshot.get();
  const keyOf = (operation: string): { key: string } => ({ key: `${id}:${operation}` });
  const end = (change: Partial<GenerationSnapshot>): void => snapshot.set({ ...snapshot.get(), ...change });
  const { credits, resolved } = pricedOf(request);
  let slotId: string | undefined;
  let rowId: string | undefined;
  try {
    slotId = must(await ledger.acquireSlot({ ...keyOf("slot"), prompt: request.prompt }));
    must(await ledger.reserveCredits({ ...keyOf("reserve"), credits }));
    const sessionId = must(await ledger.createSession({ ...keyOf("session"), title: request.prompt }));
    const shown = { modelLabel: labelOf(resolved), aspectRatio: "16:9", request: resolved } as const;
    rowId = must(await ledger.recordRow({ ...keyOf("row"), sessionId, slotId, credits, ...shown }));
    const submitted = must(await api.submit(resolved, { key: id }));
    const result = submitted.kind === "accepted" ? await poll(submitted.job.requestId, { api, resolved, wait }) : submitted;
    const videos = videosOf(result);
    must(await ledger.updateRow({ rowId, change: { kind: "finished", videos, completedAt: 0 } }));
    // 3. From here on the video is there, and a failing call still leads to the catch.
    must(await ledger.captureCredits({ ...keyOf("settle"), credits }));
    const completed = { status: "completed", videoUrl: videos[0] ?? "" } as const;
    must(await ledger.closeSlot({ ...keyOf("slot-close"), slotId, result: completed }));
    end({ status: "completed", phase: "completed", videos, settlement: "unknown" });
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    try {
      // 5. One try for three clean-ups, and the credits are released whether they were ever reserved or not.
      if (rowId !== undefined) must(await ledger.updateRow({ rowId, change: { kind: "failed", message, completedAt: 0 } }));
      must(await ledger.releaseCredits({ ...keyOf("settle"), credits }));
      const result = { status: "failed", error: message } as const;
      if (slotId !== undefined) must(await ledger.closeSlot({ ...keyOf("slot-close"), slotId, result }));
    } catch {
      // It was logged.
    }
    end({ status: "failed", phase: "failed", error: videoErrorData("internal", { message }), settlement: "unknown" });
  }
}

async function poll(
  requestId: string,
  { api, resolved, wait }: Pick<Ports, "api"> & { resolved: ResolvedVideoRequest; wait: (ms: number) => Promise<void> },
): Promise<JobAnswer> {
  const signal = new AbortController().signal;
  let delayMs = FIRST_DELAY_MS;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    await wait(delayMs);
    delayMs = Math.min(MAX_DELAY_MS, delayMs * 1.5);
    const answer = await api.status({ job: { requestId }, model: resolved.model }, { signal });
    if (!answer.ok && FATAL.test(textOf(answer))) throw new Error(textOf(answer));
    if (answer.ok && answer.value.kind !== "pending") return answer.value;
  }
  throw new Error("Timed out.");
}

function must<T>(attempt: CallResult<T>): T {
  if (attempt.ok) return attempt.value;
  throw new Error(textOf(attempt));
}

/** What React Native's fetch says when nothing came back, and else the text with its status. */
function textOf({ certainty, error }: Extract<CallResult<never>, { ok: false }>): string {
  if (certainty === "unknown") return "Network request failed";
  return `${error.message} (${VIDEO_ERRORS[error.code].httpStatus})`;
}

function videosOf(result: JobAnswer): readonly string[] {
  if (result.kind === "failed") throw new Error(result.error.message);
  if (result.kind === "refused") throw new Error(result.text);
  if (result.kind === "pending" || result.videos.length === 0) throw new Error("No video.");
  return result.videos;
}

/** 7. An unknown model has no price, and was sold all the same. */
function pricedOf(request: VideoRequest): { readonly credits: number; readonly resolved: ResolvedVideoRequest } {
  try {
    const { credits, request: resolved } = quoteVideo(request);
    return { credits, resolved };
  } catch {
    return { credits: FALLBACK_CREDITS, resolved: request as unknown as ResolvedVideoRequest }; // as it was: unchecked
  }
}

function labelOf({ model }: ResolvedVideoRequest): string {
  try {
    return getVideoModel(model).label;
  } catch {
    return model;
  }
}

function startOf(request: VideoRequest, id: string, createdAt: number): GenerationSnapshot {
  const refused = refusedSnapshot({ id, createdAt, request, error: invalidRequest(request, [], { registry: BUILT_IN_MODELS }) });
  return { ...refused, status: "running", phase: "acquiring-slot", error: undefined };
}
