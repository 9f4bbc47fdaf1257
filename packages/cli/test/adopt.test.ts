// A generation that another device began: its row is on the backend, its record is not here. Real Convex client, real routes, sandbox.
import { createPollingPolicy, createVideoEngine } from "@video-engine/video-sdk";
import { createMemoryStorage } from "@video-engine/video-sdk/adapters";
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { expect, onTestFinished, test } from "vitest";
import { startServices } from "../src/services.ts";

const JOB_MS = 1_500;
const policy = createPollingPolicy({ minWaitMs: 200 });
const polling: typeof policy = (poll) => policy({ ...poll, expectedMs: { p50: JOB_MS, p95: JOB_MS * 2 } });
const balance = makeFunctionReference<"query", Record<string, never>, { reserved: number; total: number }>(
  "users:getUserCreditsBreakdown",
);
const rowsOf = makeFunctionReference<"query", { sessionId: string }, { videos: string[]; isLoading: boolean }[]>(
  "sessions:getSessionGenerations",
);

test("is taken over when asked to: the row gets its video, the slot is closed, and the credits wait for the balance", async () => {
  const services = await startServices({ credits: 1_000, jobMs: JOB_MS });
  const convex = new ConvexHttpClient(services.convexUrl, { auth: services.getToken() });
  const http = { baseUrl: services.routesUrl, getToken: () => services.getToken() };
  const open = () =>
    createVideoEngine({
      convex,
      http,
      polling,
      platform: { storage: createMemoryStorage() },
      user: "demo",
      backend: { isOnlyWriter: true, fields: ["creditsUsed", "externalRequestId"] },
    });
  const [first, second] = [open(), open()];
  onTestFinished(async () => {
    first.dispose();
    second.dispose();
    await services.close();
  });

  const begun = first.generate({ model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 });
  // From then on the row knows its job.
  await new Promise<void>((resolve) => begun.on(({ type }) => type === "job-attached" && resolve()));
  first.dispose();

  expect(await second.resume()).toEqual([]);
  const [adopted] = await second.resume({ adopt: true });
  if (adopted === undefined) throw new Error("Nothing was adopted.");
  const outcome = await adopted.outcome;
  expect(outcome).toMatchObject({ status: "completed", settlement: "unknown", rowId: begun.getSnapshot().rowId });
  const sessionId = begun.getSnapshot().sessionId ?? "";
  expect(await convex.query(rowsOf, { sessionId })).toMatchObject([{ isLoading: false, videos: [expect.any(String)] }]);
  expect(await convex.query(balance, {})).toMatchObject({ reserved: 208 });
  expect(second.unresolved()).toHaveLength(1);
});
