// A way to send requests over a scripted fetch and simulated time: by address, and by an instance of the app's own.
import ky from "ky";
import { vi } from "vitest";
import { createTestClock, type TestClock } from "../../testing/test-clock.ts";
import { createSend, type HttpAddress, type HttpAnswer, type Send } from "../send.ts";
import { scriptFetch, type ScriptedAnswer, type ScriptedFetch } from "./script-fetch.ts";

/** What the requests of these tests are given. */
export const DEADLINE_MS = 15_000;
export const NO_ANSWER = { kind: "none", cause: "no-answer" };
export const NOT_SENT = { kind: "none", cause: "not-sent" };
export const NOT_SIGNED_IN = { kind: "none", cause: "not-signed-in" };

/** A way to send, and what it meets. */
export interface SendWorld extends ScriptedFetch {
  readonly send: Send;
  readonly clock: TestClock;
}

/** The routes by address, by default with `token-1`, `token-2`... */
export function byAddress(answers: readonly ScriptedAnswer[], address: Partial<HttpAddress> = {}): SendWorld {
  const scripted = scriptFetch(...answers);
  const clock = createTestClock();
  let tokens = 0;
  const http = { baseUrl: "https://app.test", getToken: () => `token-${++tokens}`, fetch: scripted.fetch, ...address };
  return { ...scripted, clock, send: createSend(http, clock) };
}

/** The app's own ky instance, here with everything turned on that the engine must turn off. */
export function byInstance(
  answers: readonly ScriptedAnswer[],
  options: Parameters<typeof ky.create>[0] = {},
): SendWorld {
  const scripted = scriptFetch(...answers);
  const clock = createTestClock();
  const eager = { retry: { limit: 5, methods: ["get", "post"], delay: () => 0 }, timeout: 1, throwHttpErrors: true };
  const instance = ky.create({ prefix: "https://app.test/v1", fetch: scripted.fetch, ...eager, ...options });
  return { ...scripted, clock, send: createSend(instance, clock) };
}

/** A question as the engine asks it. */
export const question = { searchParams: { requestId: "job-1" }, deadlineMs: DEADLINE_MS };

/** Asks it. */
export const ask = ({ send }: SendWorld): Promise<HttpAnswer> => send("get", "api/status", question);

/** A signal that counts its listeners. */
export function countedSignal() {
  const controller = new AbortController();
  const { signal } = controller;
  const added = vi.spyOn(signal, "addEventListener");
  const removed = vi.spyOn(signal, "removeEventListener");
  return {
    signal,
    abort: () => controller.abort(),
    listening: () => added.mock.calls.length - removed.mock.calls.length,
  };
}
