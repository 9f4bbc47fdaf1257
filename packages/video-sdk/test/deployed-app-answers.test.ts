// The deployed app: what its server answers, an app that is killed in the middle, and what its routes cannot do.
import { describe, expect, test, vi } from "vitest";
import { copyTemporaryVideos } from "../src/index.ts";
import { createMemoryStorage } from "../src/platform/memory-storage.ts";
import { fakeNetworkAndTime, MINUTE, outcomeOf, SECOND } from "./support/open-app.ts";
import { expectAsShipped, FRAMES, openDeployedApp, VEO, WAN } from "./support/open-deployed-app.ts";

fakeNetworkAndTime();

describe("an answer to a submit", () => {
  const names = ["requestId", "request_id", "taskId", "task_id", "operationName", "operation_name"];
  const beside = [{ queued: true }, { queued: false }, { processing: true }, { success: true }, {}];
  const endpoint = "fal-ai/veo3.1/fast";

  test.each(names.flatMap((name) => beside.map((more) => ({ name, more }))))(
    "that names the job $name beside $more is queued",
    async ({ name, more }) => {
      const app = openDeployedApp({
        endpointOf: () => endpoint,
        submit: ({ id }) => ({ body: { ...more, [name]: id, endpoint } }),
      });
      expect(await outcomeOf(app.engine.generate(VEO))).toMatchObject({ status: "completed" });
      expect(app.deployed.questions.every(({ query }) => query["endpoint"] === endpoint)).toBe(true);
      expectAsShipped(app);
    },
  );

  test("with an endpoint and no id is queued under it", async () => {
    const app = openDeployedApp({ endpointOf: () => endpoint, submit: () => ({ body: { queued: true, endpoint } }) });
    expect(await outcomeOf(app.engine.generate(VEO))).toMatchObject({ status: "completed" });
    const query = { requestId: endpoint, endpoint, modelId: VEO.model };
    expect(app.deployed.questions[0]).toEqual({ path: "/api/fal-generate-videos/status", query });
    expectAsShipped(app);
  });

  test("with the video ends it at once, without a question", async () => {
    const app = openDeployedApp({ submit: () => ({ body: { success: true, videos: [VIDEO] } }) });
    expect(await outcomeOf(app.engine.generate(VEO))).toMatchObject({ status: "completed", videos: [VIDEO] });
    expect(app.deployed.questions).toEqual([]);
    expectAsShipped(app);
  });

  test.each([400, 403, 422])(
    "of %i is a refusal: the credits are given back, and it is not sent again",
    async (status) => {
      const app = openDeployedApp({ submit: () => ({ status, body: { error: "This prompt was flagged." } }) });
      expect(await outcomeOf(app.engine.generate(VEO), 10 * MINUTE)).toMatchObject({
        settlement: "released",
        status: "failed",
      });
      expect(app.backend.books).toMatchObject({ captured: 0, reserved: 0 });
      expectAsShipped(app);
    },
  );
});

const VIDEO = "https://videos.test/now.mp4";

describe("an answer to a question", () => {
  test.each([
    [{ success: true, videos: [VIDEO] }],
    [{ success: true, videos: [{ url: VIDEO }] }],
    [{ success: true, video: VIDEO }],
    [{ success: true, video: { url: VIDEO } }],
    [{ success: true, videoUrl: VIDEO }],
  ])("%j is the video", async (body) => {
    for (const request of [VEO, WAN]) {
      const app = openDeployedApp({ status: () => ({ body }) });
      expect(await outcomeOf(app.engine.generate(request))).toMatchObject({ status: "completed", videos: [VIDEO] });
      expectAsShipped(app);
    }
  });

  test.each([[{ success: false, error: "The model crashed." }], [{ error: "The model crashed." }]])(
    "%j is a failed job",
    async (body) => {
      for (const request of [VEO, WAN]) {
        const app = openDeployedApp({ status: () => ({ body }) });
        const outcome = await outcomeOf(app.engine.generate(request));
        expect(outcome).toMatchObject({ status: "failed", settlement: "released", error: { code: "provider-failed" } });
        expectAsShipped(app);
      }
    },
  );

  test.each([400, 403, 422])(
    "{ error } with %i is a failed job once it was said twice: moderation comes this way",
    async (status) => {
      const app = openDeployedApp({ status: () => ({ status, body: { error: "The video was flagged." } }) });
      const generation = app.engine.generate(VEO);
      await vi.advanceTimersByTimeAsync(5 * MINUTE);
      const outcome = await generation.outcome;
      expect(outcome).toMatchObject({ status: "failed", settlement: "released", error: { code: "provider-failed" } });
      expect(JSON.stringify(outcome)).toContain("The video was flagged.");
      expect(app.backend.books).toMatchObject({ captured: 0, reserved: 0 });
      expect(app.deployed.complaints).toEqual([]);
      app.engine.dispose();
    },
  );

  test.each([
    [{ queued: true }],
    [{ processing: true, status: "generating" }],
    [{ success: true, status: "waiting" }],
    [{}],
  ])("%j is a job that runs", async (body) => {
    let isOver = false;
    const app = openDeployedApp({ status: () => ({ body: isOver ? { success: true, videoUrl: VIDEO } : body }) });
    const generation = app.engine.generate(WAN);
    await vi.advanceTimersByTimeAsync(4 * MINUTE);
    expect(generation.getSnapshot().status).toBe("running");
    isOver = true;
    expect(await outcomeOf(generation)).toMatchObject({ status: "completed", videos: [VIDEO] });
    expectAsShipped(app);
  });
});

test("a job of kie is asked about by its taskId at its own route, and has no endpoint", async () => {
  const app = openDeployedApp();
  await outcomeOf(app.engine.generate(WAN));
  const question = { path: "/api/kie-wan-2.5/status", query: { taskId: "job-1", modelId: WAN.model } };
  expect(app.deployed.questions.length).toBeGreaterThan(3);
  for (const asked of app.deployed.questions) expect(asked).toEqual(question);
  expectAsShipped(app);
});

describe("a cancel, where there is no route for it", () => {
  test("of a job that runs lets it run: a video that comes all the same is delivered and paid for", async () => {
    const app = openDeployedApp();
    const generation = app.engine.generate(VEO);
    await vi.advanceTimersByTimeAsync(30 * SECOND);
    void generation.cancel();
    expect(await outcomeOf(generation)).toMatchObject({ status: "completed", settlement: "captured" });
    expectAsShipped(app);
  });

  test("of a job that fails ends it, and gives the credits back", async () => {
    const app = openDeployedApp({ status: () => ({ body: { success: false, error: "The model crashed." } }) });
    const generation = app.engine.generate(VEO);
    void generation.cancel();
    const outcome = await outcomeOf(generation);
    expect(["canceled", "failed"]).toContain(outcome.status);
    expect(app.backend.books).toMatchObject({ captured: 0, reserved: 0 });
    expectAsShipped(app);
  });
});

test("a file is put where the presign route says, and goes under both names of its image", async () => {
  const app = openDeployedApp();
  const attachmentImageUrl = new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])], {
    type: "image/png",
  });
  const outcome = await outcomeOf(app.engine.generate({ ...VEO, attachmentImageUrl }));
  expect(outcome.status).toBe("completed");
  expect(app.deployed.presigned).toEqual([{ path: "/api/mobile/r2-presign", body: { contentType: "image/png" } }]);
  expect(app.deployed.put).toMatchObject([{ contentType: "image/png", bytes: 8 }]);
  const url = "https://cdn.test/file-1";
  expect(app.deployed.jobs).toMatchObject([{ body: { attachmentImageUrl: url, imageUrl: url } }]);
  expectAsShipped(app);
});

describe("an app that is killed while a job runs", () => {
  test.each([
    [
      "fal, by its endpoint",
      { ...VEO, ...FRAMES },
      { requestId: "job-1", modelId: VEO.model, endpoint: "fal-ai/some/model" },
    ],
    ["kie, by its taskId", WAN, { taskId: "job-1", modelId: WAN.model }],
  ])("goes on at %s", async (_, request, query) => {
    const [storage, user] = [createMemoryStorage(), "user-1"];
    const app = openDeployedApp({ engine: { platform: { storage }, user } });
    app.engine.generate(request);
    await vi.advanceTimersByTimeAsync(30 * SECOND);
    app.engine.dispose();
    const asked = app.deployed.questions.length;
    const [resumed] = await app.restart().engine.resume();
    if (resumed === undefined) throw new Error("Nothing was resumed.");
    expect(await outcomeOf(resumed)).toMatchObject({ status: "completed" });
    expect(app.deployed.jobs).toHaveLength(1);
    expect(app.deployed.questions.length).toBeGreaterThan(asked);
    for (const question of app.deployed.questions) expect(question.query).toEqual(query);
    expect(app.deployed.complaints).toEqual([]);
  });
});

describe("a video of kie, at a host that forgets it", () => {
  const hosts = ["tempfile.aiquickdraw.com"];
  const temporary = "https://tempfile.aiquickdraw.com/job-1.mp4";
  const copying = (fetch: () => Promise<Response>) => ({
    engine: { saveVideos: copyTemporaryVideos({ hosts, fetch }) },
  });
  const bytes = async () => new Response(new Uint8Array(9), { headers: { "content-type": "video/mp4" } });

  test("is put where the presign route for videos says, and its row shows the copy", async () => {
    const app = openDeployedApp(copying(bytes));
    const lasting = "https://cdn.test/video-1.mp4";
    expect(await outcomeOf(app.engine.generate(WAN))).toMatchObject({ status: "completed", videos: [lasting] });
    const presigned = {
      path: "/api/mobile/upload-video-presign",
      body: { contentType: "video/mp4", fileName: "video.mp4" },
    };
    expect(app.deployed.presigned).toEqual([presigned]);
    expect(app.deployed.put).toMatchObject([{ contentType: "video/mp4", bytes: 9 }]);
    expect(app.backend.books.rows).toMatchObject([{ videos: [lasting] }]);
    expectAsShipped(app);
  });

  test("that cannot be copied is shown and paid for all the same", async () => {
    const app = openDeployedApp(copying(async () => new Response(null, { status: 503 })));
    expect(await outcomeOf(app.engine.generate(WAN), 10 * MINUTE)).toMatchObject({
      status: "completed",
      settlement: "captured",
      videos: [temporary],
    });
    expect(app.deployed.put).toEqual([]);
    expectAsShipped(app);
  });

  test("is the only kind that is copied", async () => {
    const app = openDeployedApp(copying(bytes));
    expect(await outcomeOf(app.engine.generate(VEO))).toMatchObject({ videos: ["https://videos.test/job-1.mp4"] });
    expect([app.deployed.presigned, app.deployed.put]).toEqual([[], []]);
    expectAsShipped(app);
  });
});
