// `./server` in the sandbox that Next's edge runtime is: no Node.js, web standards only.
import { EdgeVM } from "@edge-runtime/vm";
import { describe, expect, test } from "vitest";
import { bundleServer } from "./bundle-server.ts";

/** The server in a sandbox of its own, after something was taken from it. */
async function openSandbox(taken = ""): Promise<EdgeVM> {
  const sandbox = new EdgeVM();
  sandbox.evaluate(`${taken};${await bundleServer()}`);
  return sandbox;
}

const run = async (sandbox: EdgeVM): Promise<unknown> =>
  JSON.parse(await sandbox.evaluate<Promise<string>>("served.serveJob().then((said) => JSON.stringify(said))"));

describe("in the edge sandbox", () => {
  test("there is no Node.js", async () => {
    const sandbox = new EdgeVM();
    expect(sandbox.evaluate("[typeof process, typeof Buffer, typeof require]")).toEqual([
      "undefined",
      "undefined",
      "undefined",
    ]);
  });

  test.each([
    ["as it is", ""],
    ["without AbortSignal.any and AbortSignal.timeout", "delete AbortSignal.any; delete AbortSignal.timeout"],
  ])("%s, a job goes through every route", async (_, taken) => {
    expect(await run(await openSandbox(taken))).toEqual({
      answers: [
        ["generateVideo", 200, expect.objectContaining({ queued: true, provider: "fal" })],
        ["generateVideo", 200, expect.objectContaining({ queued: true, provider: "fal" })],
        ["videoStatus", 200, expect.objectContaining({ queued: true })],
        ["cancelVideo", 404, { error: expect.objectContaining({ code: "not-found" }) }],
        [
          "videoStatus",
          200,
          expect.objectContaining({
            success: true,
            videos: [{ url: expect.stringContaining("https://cdn.example/v/") }],
          }),
        ],
        [
          "presignUpload",
          200,
          expect.objectContaining({ publicUrl: expect.stringContaining("https://cdn.example/u/") }),
        ],
      ],
      jobs: 1,
      stored: ["the video"],
    });
  });

  test("without crypto.subtle the routes are not built, and the error names it", async () => {
    const sandbox = await openSandbox('Object.defineProperty(crypto, "subtle", { value: undefined })');
    await expect(run(sandbox)).rejects.toThrow("createVideoRoutes() needs crypto.subtle.digest");
  });
});
