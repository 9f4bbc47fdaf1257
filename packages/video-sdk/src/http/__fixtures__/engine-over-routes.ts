// A whole engine over routes that answer as a test says, in one process and on simulated time: nothing in it waits for the machine.
import { defaultPollingPolicy } from "../../core/polling-policy.ts";
import { createEngine, type GenerationEngine } from "../../engine/create-engine.ts";
import { createFakeLedger, type FakeLedger } from "../../testing/fake-ledger.ts";
import { createTestClock, type TestClock } from "../../testing/test-clock.ts";
import { createHttpVideoApi } from "../create-http-video-api.ts";
import type { Fetch } from "../fetch-request.ts";
import type { RouteMap } from "../route-map.ts";

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
/** Below what can be asked in this time: by default the video is there when the routes are asked first. */
const JOB_MS = 30 * SECOND;
export const VIDEO = "https://videos.test/job-1.mp4";

/** An answer: its status, and its body as text. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A question for the status that has arrived. */
export interface Question {
  readonly at: number;
  readonly token: string;
}

/** The engine, and what is around it. */
export interface EngineOverRoutes {
  readonly engine: GenerationEngine;
  readonly clock: TestClock;
  readonly ledger: FakeLedger;
  readonly questions: readonly Question[];
  /** Answers every question so from now on; undefined: as the routes themselves do. */
  answerStatus(answer: (() => Answer) | undefined): void;
}

/** JSON with a status. */
export const answering =
  (body: unknown, status = 200) =>
  (): Answer => ({ status, body: JSON.stringify(body) });

/** An engine whose job takes half a minute. */
export function engineOverRoutes(routes: RouteMap = {}): EngineOverRoutes {
  const clock = createTestClock();
  const ledger = createFakeLedger({ now: () => clock.now() });
  const questions: Question[] = [];
  let submittedAt = 0;
  let tokens = 0;
  let said: (() => Answer) | undefined;
  const own = (url: string): Answer => {
    if (url.includes("cancel")) return answering({ canceled: "requested" })();
    if (url.includes("generate")) {
      submittedAt = clock.now();
      return answering({ queued: true, requestId: "job-1" })();
    }
    const isOver = clock.now() - submittedAt >= JOB_MS;
    return answering(isOver ? { success: true, videos: [{ url: VIDEO }] } : { queued: true })();
  };
  const fetch: Fetch = (url, { headers }) => {
    const isStatus = url.includes("status");
    if (isStatus) questions.push({ at: clock.now(), token: headers["authorization"] ?? "" });
    const { status, body } = isStatus && said !== undefined ? said() : own(url);
    return Promise.resolve({ status, headers: { get: () => null }, text: () => Promise.resolve(body) });
  };
  const http = { baseUrl: "https://app.test", getToken: () => `token-${++tokens}`, fetch };
  const api = createHttpVideoApi({ clock, http, routes: { cancel: "api/cancel-video", ...routes } });
  const platform = { clock, random: () => 0.5, createId: () => "generation-1" };
  const engine = createEngine({ api, ledger, polling: defaultPollingPolicy, platform });
  return { engine, clock, ledger, questions, answerStatus: (answer) => void (said = answer) };
}

/** The request of these tests. */
export const request = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
