import { describe, expect, test, vi } from "vitest";
import { createRoutesWorld } from "../__fixtures__/routes-world.ts";
import type { FirstFrames } from "./extract-first-frame-route.ts";

function setUp(firstFrames: Partial<FirstFrames> = {}) {
  const extract = vi.fn<FirstFrames["extract"]>(async () => "https://cdn.example/1.jpg");
  const world = createRoutesWorld({ firstFrames: { extract, allowedHosts: ["cdn.ok", ".fal.media"], ...firstFrames } });
  const ask = async (body: unknown) => {
    const init = { method: "POST", body: JSON.stringify(body), headers: { authorization: "Bearer u1" } };
    const response = await world.routes.extractFirstFrame(new Request("https://app.example/", init));
    return { status: response.status, body: await response.json() };
  };
  return { ...world, extract, ask };
}

describe("extractFirstFrame", () => {
  test("answers with the app's picture of a video on an allowed host", async () => {
    const { ask, extract } = setUp();
    expect(await ask({ videoUrl: "https://v3.fal.media/a.mp4" })).toEqual({
      status: 200,
      body: { success: true, url: "https://cdn.example/1.jpg" },
    });
    expect(extract.mock.calls).toMatchObject([["https://v3.fal.media/a.mp4", { userId: "u1" }]]);
  });

  test.each([
    [{ videoUrl: "http://169.254.169.254/latest/meta-data/" }],
    [{ videoUrl: "https://2130706433/" }],
    [{ videoUrl: "https://cdn.ok@evil.example/" }],
    [{ videoUrl: "https://cdn.ok.evil.example/" }],
    [{ videoUrl: "https://cdn.ok:22/" }],
    [{ videoUrl: "file:///etc/passwd" }],
    [{ videoUrl: ["https://cdn.ok/"] }],
    [{ url: "https://cdn.ok/" }],
    [null],
  ])("refuses %j, and the app is not asked", async (body) => {
    const { ask, extract } = setUp();
    expect(await ask(body)).toMatchObject({
      status: 400,
      body: { error: { code: "invalid-request", details: { issues: [{ path: "videoUrl" }] } } },
    });
    expect(extract).not.toHaveBeenCalled();
  });

  test("what the app throws stays in the log", async () => {
    const { ask, events } = setUp({ extract: () => Promise.reject(new Error("ffmpeg: /srv/secret")) });
    const answer = await ask({ videoUrl: "https://cdn.ok/a.mp4" });
    expect(answer).toMatchObject({ status: 500, body: { error: { code: "internal" } } });
    expect(JSON.stringify(answer)).not.toContain("ffmpeg");
    expect(events).toMatchObject([{ route: "extract-first-frame", cause: { message: "ffmpeg: /srv/secret" } }]);
  });

  test("without the app's function says what is missing", async () => {
    const { routes } = createRoutesWorld();
    const init = { method: "POST", body: "{}", headers: { authorization: "Bearer u1" } };
    const answer = await (await routes.extractFirstFrame(new Request("https://app.example/", init))).json();
    expect(answer).toMatchObject({
      error: { code: "not-configured", message: "The server is missing a setting." },
    });
  });
});
