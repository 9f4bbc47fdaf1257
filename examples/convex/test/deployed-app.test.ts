// The deployed app whole: the engine over the routes of the shipped mobile client and over Convex's own client, on the functions that are deployed.
import {
  copyTemporaryVideos,
  createVideoEngine,
  deployedMobileRoutes,
  type Generation,
  type VideoEngineOptions,
} from "@video-engine/video-sdk";
import { createMemoryStorage, type PutFile } from "@video-engine/video-sdk/adapters";
import {
  createDeployedServer,
  DEPLOYED_REQUESTS,
  DEPLOYED_URL,
  type DeployedServerOptions,
} from "@video-engine/video-sdk/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { api } from "../convex/_generated/api.js";
import { openBackend, openHttpClient } from "./support/backend.ts";

const CREDITS = 5_000;
const VEO = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
const WAN = { model: "kie-wan-2.5", prompt: "a corgi surfing", duration: 5 } as const;

/** A user of the deployed app. Jobs are asked about as often as an engine may. */
async function openApp(options: Partial<DeployedServerOptions> = {}, saveVideos?: VideoEngineOptions["saveVideos"]) {
  const backend = await openBackend({ kind: "as-deployed", isProduction: true });
  const convex = await openHttpClient(backend, "alice", { credits: CREDITS });
  const deployed = createDeployedServer({ now: () => Date.now(), jobMs: 0, ...options });
  const storage = createMemoryStorage();
  const put: PutFile = async ({ uploadUrl, file: { contentType } }) => {
    const headers = { "content-type": contentType };
    return await deployed.answer(new Request(uploadUrl, { method: "PUT", headers, body: "the video" }));
  };
  const start = () => {
    const engine = createVideoEngine({
      convex,
      http: {
        baseUrl: DEPLOYED_URL,
        getToken: deployed.signToken,
        fetch: (url, { body = null, ...init }) => deployed.answer(new Request(url, { ...init, body })),
      },
      routes: deployedMobileRoutes,
      platform: { storage, put },
      saveVideos,
      user: "alice",
      polling: () => ({ waitMs: 100, isSlow: false, isOverdue: false }),
    });
    onTestFinished(() => engine.dispose());
    return engine;
  };
  return { deployed, engine: start(), restart: start, books: async () => await convex.query(api.extras.books, {}) };
}

type App = Awaited<ReturnType<typeof openApp>>;

/** The books after one generation: nothing is reserved or running, and what was spent is this. */
async function expectBooks({ books, deployed }: App, spent: number): Promise<void> {
  const { credits, openSlots, rows } = await books();
  expect(credits).toMatchObject({ total: CREDITS - spent, reserved: 0 });
  expect(openSlots).toBe(0);
  expect(rows.map(({ isLoading }) => isLoading)).toEqual([false]);
  expect(deployed.complaints).toEqual([]);
}

const IMPOSSIBLE = ["kie-sora-2", "vid-kandinsky-5", "vid-seedance-lite"];
const POSSIBLE = DEPLOYED_REQUESTS.filter(
  ({ model, attached }) => !IMPOSSIBLE.includes(model) && !(model === "kling-o1-transition" && attached === "text"),
);

test.each(POSSIBLE)("$model, $attached: is sent, saved and paid for", async (row) => {
  const app = await openApp();
  const { credits, videos } = await app.engine.generate(row.request).result;
  expect(app.deployed.jobs).toMatchObject([{ path: row.route, body: row.body }]);
  expect((await app.books()).rows).toMatchObject([{ videos }]);
  await expectBooks(app, credits);
});

describe("a job", () => {
  test("whose video comes at once is paid for without a question", async () => {
    const app = await openApp({ submit: () => ({ body: { success: true, videos: ["https://videos.test/now.mp4"] } }) });
    const { credits } = await app.engine.generate(VEO).result;
    expect(app.deployed.questions).toEqual([]);
    await expectBooks(app, credits);
  });

  test("that fails marks its row and gives the credits back", async () => {
    const app = await openApp({ status: () => ({ body: { success: false, error: "The model crashed." } }) });
    expect(await app.engine.generate(VEO).outcome).toMatchObject({ status: "failed", settlement: "released" });
    expect((await app.books()).rows).toMatchObject([{ error: expect.any(String) }]);
    await expectBooks(app, 0);
  });

  test.each([VEO, WAN])("of $model goes on after a restart, asked about as before", async (request) => {
    let isOver = false;
    let tellAsked = (): void => undefined;
    const asked = new Promise<void>((resolve) => (tellAsked = resolve));
    const app = await openApp({
      status: () => {
        tellAsked();
        return { body: isOver ? { success: true, videoUrl: "https://videos.test/1.mp4" } : { processing: true } };
      },
    });
    app.engine.generate(request);
    await asked;
    app.engine.dispose();
    isOver = true;
    const [resumed] = await app.restart().resume();
    const { credits } = await (resumed as Generation).result; // there is one
    const questions = app.deployed.questions.map(({ query }) => JSON.stringify(query));
    expect(new Set(questions).size).toBe(1);
    expect(app.deployed.jobs).toHaveLength(1);
    await expectBooks(app, credits);
  });
});

describe("a video of kie.ai, whose address expires", () => {
  const TEMPORARY = "https://tempfile.aiquickdraw.com/r/1.mp4";
  const status = () => ({ body: { success: true, videos: [{ url: TEMPORARY }] } });
  const copying = (download: () => Promise<{ uri: string }>) =>
    copyTemporaryVideos({ hosts: ["tempfile.aiquickdraw.com"], download });
  const downloaded = () => Promise.resolve({ uri: "file:///cache/1.mp4" });

  test("is copied as the shipped client does it, and its row shows the copy", async () => {
    const app = await openApp({ status }, copying(downloaded));
    const { credits, videos } = await app.engine.generate(WAN).result;
    expect(app.deployed.presigned).toEqual([
      { path: "/api/mobile/upload-video-presign", body: { contentType: "video/mp4", fileName: "video.mp4" } },
    ]);
    expect(app.deployed.put).toMatchObject([{ contentType: "video/mp4", bytes: 9 }]);
    expect(videos).not.toContain(TEMPORARY);
    expect((await app.books()).rows).toMatchObject([{ videos }]);
    await expectBooks(app, credits);
  });

  test("whose app is closed while it is copied, is copied at the next start, and paid for once", async () => {
    let tellCopying = (): void => undefined;
    const isCopying = new Promise<void>((resolve) => (tellCopying = resolve));
    let download: () => Promise<{ uri: string }> = () => {
      tellCopying();
      return new Promise(() => undefined);
    };
    const app = await openApp(
      { status },
      copying(() => download()),
    );
    app.engine.generate(WAN);
    await isCopying;
    expect((await app.books()).rows).toMatchObject([{ isLoading: true }]);
    app.engine.dispose();
    download = downloaded;
    const [resumed] = await app.restart().resume();
    const { credits, videos } = await (resumed as Generation).result; // there is one
    expect(videos).not.toContain(TEMPORARY);
    expect((await app.books()).rows).toMatchObject([{ videos }]);
    await expectBooks(app, credits);
  });

  test("that cannot be copied is paid for as it is, and its row gets the copy at the next start", async () => {
    let download: () => Promise<{ uri: string }> = () => Promise.reject(new Error("no space left"));
    const app = await openApp(
      { status },
      copying(() => download()),
    );
    const { credits } = await app.engine.generate(WAN).result;
    expect((await app.books()).rows).toMatchObject([{ videos: [TEMPORARY] }]);
    app.engine.dispose();
    download = downloaded;
    await app.restart().resume();
    await expect.poll(async () => (await app.books()).rows[0]?.videos).not.toContain(TEMPORARY);
    await expectBooks(app, credits);
  });
});
