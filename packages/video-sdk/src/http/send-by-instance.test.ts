// Requests through the app's own ky instance: its prefix, headers and hooks are kept, its retries and timeouts are not.
import ky from "ky";
import { describe, expect, test } from "vitest";
import { createTestClock } from "../testing/test-clock.ts";
import { json, scriptFetch } from "./__fixtures__/script-fetch.ts";
import { ask, byInstance, DEADLINE_MS, NO_ANSWER, question } from "./__fixtures__/send-world.ts";
import { createSend } from "./send.ts";
import type { KyLike, KyRequest } from "./fetch-request.ts";

describe("the app's ky instance", () => {
  test("keeps its prefix, its headers and its hooks, which run for every request", async () => {
    let tokens = 0;
    const beforeRequest = [
      ({ request }: { request: Request }) => request.headers.set("authorization", `Bearer ${++tokens}`),
    ];
    const world = byInstance([json({}), json({})], { headers: { "x-app": "grid" }, hooks: { beforeRequest } });
    await ask(world);
    await ask(world);
    expect(world.requests.map(({ url, headers }) => [url, headers.get("x-app"), headers.get("authorization")])).toEqual(
      [
        ["https://app.test/v1/api/status?requestId=job-1", "grid", "Bearer 1"],
        ["https://app.test/v1/api/status?requestId=job-1", "grid", "Bearer 2"],
      ],
    );
  });

  test("is trusted with its own 401: the request is not repeated", async () => {
    const world = byInstance([json({}, { status: 401 }), json({})]);
    expect(await ask(world)).toMatchObject({ status: 401 });
    expect(world.requests).toHaveLength(1);
  });

  test("may answer a 401 by a request of its own", async () => {
    const second = scriptFetch(json({ queued: true }));
    const again = ky.create({ fetch: second.fetch });
    const afterResponse = [
      ({ request, response }: { request: Request; response: Response }) =>
        response.status === 401 ? again(request) : response,
    ];
    const world = byInstance([json({}, { status: 401 })], { hooks: { afterResponse } });
    expect(await ask(world)).toMatchObject({ status: 200, body: { queued: true } });
    expect(second.requests).toHaveLength(1);
  });

  test("cannot make ky repeat a request from a hook: one layer repeats, and it is not ky", async () => {
    const world = byInstance([json({}, { status: 401 }), json({})], { hooks: { afterResponse: [() => ky.retry()] } });
    expect(await ask(world)).toMatchObject(NO_ANSWER);
    expect(world.requests).toHaveLength(1);
  });

  test("whose hook throws gives no answer", async () => {
    const world = byInstance([json({})], {
      hooks: {
        beforeRequest: [
          () => {
            throw new Error("no session");
          },
        ],
      },
    });
    expect(await ask(world)).toMatchObject(NO_ANSWER);
    expect(world.clock.pending).toBe(0);
  });

  test("is handed a signal of ours, never the caller's own, and no member that was not said", async () => {
    const seen: KyRequest[] = [];
    const instance: KyLike = (_url, options) => {
      seen.push(options);
      return Promise.resolve(json({}));
    };
    const { signal } = new AbortController();
    await createSend(instance, createTestClock())("get", "api/status", { deadlineMs: DEADLINE_MS, signal });
    expect(seen[0]?.signal).not.toBe(signal);
    expect(seen[0]).toEqual({
      method: "get",
      headers: {},
      redirect: "manual",
      retry: 0,
      timeout: false,
      throwHttpErrors: false,
      signal: seen[0]?.signal,
    });
    expect(Object.keys(seen[0] ?? {})).not.toContain("json");
  });

  test("that throws instead of rejecting gives no answer", async () => {
    const instance: KyLike = () => {
      throw new Error("broken");
    };
    expect(await createSend(instance, createTestClock())("get", "api/status", question)).toMatchObject(NO_ANSWER);
  });
});
