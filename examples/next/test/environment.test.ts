// The app on what its environment names: the sandbox for the providers, another S3 than R2, and a signal that ends it.
import { startSandbox } from "@video-engine/example-sandbox";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { startS3 } from "@video-engine/test-servers";
import { mintToken } from "./support/session-tokens.ts";
import { setUp, type SettingName } from "./support/set-up.ts";

/** For a busy machine: servers are started, and nothing here is measured. */

const signedIn = async () => ({ authorization: `Bearer ${await mintToken()}` });

/** The app over a sandbox, and a job that is finished. */
async function withFinishedJob(settings: { readonly [name in SettingName]?: string | undefined }) {
  const sandbox = await startSandbox({ jobMs: 1 });
  onTestFinished(sandbox.close);
  const app = await setUp({ PROVIDERS_URL: `${sandbox.url}/`, ...settings });
  const { requestId } = (await app.ask("generate-video", await signedIn())).body;
  const ask = async () => await app.ask("video-status", await signedIn(), { requestId });
  // By the sandbox's own clock, which is not the test's.
  const answer = await vi.waitUntil(async () => ((await ask()).body.queued === true ? undefined : await ask()));
  return { ...app, sandbox, answer };
}

describe("with the sandbox's address", () => {
  test("jobs are made there, and its videos are passed on where loopback is allowed", async () => {
    const { answer, sandbox, fal, hosts } = await withFinishedJob({ ALLOW_LOOPBACK_VIDEOS: "1", R2_BUCKET: undefined });
    const { status, body } = answer;
    expect([status, body.videos[0].url]).toEqual([200, expect.stringContaining(`${sandbox.url}/files/`)]);
    expect((await fetch(body.videos[0].url)).headers.get("content-type")).toBe("video/mp4");
    expect([sandbox.fal.jobs.length, fal.jobs.length, hosts()]).toEqual([1, 0, ["127.0.0.1"]]);
  });

  test("and another S3, its videos are copied there", async () => {
    const s3 = await startS3();
    onTestFinished(s3.stop);
    const { answer, sandbox } = await withFinishedJob({
      ALLOW_LOOPBACK_VIDEOS: "1",
      ...{ S3_ENDPOINT: s3.endpoint, S3_REGION: "eu-central-1", R2_ACCOUNT_ID: undefined, R2_BUCKET: s3.bucket },
      ...{ R2_ACCESS_KEY_ID: s3.keyId, R2_SECRET_ACCESS_KEY: s3.keyId, R2_PUBLIC_URL: `${s3.endpoint}/${s3.bucket}` },
    });
    const [{ url }] = answer.body.videos;
    expect(url).toContain(`${s3.endpoint}/${s3.bucket}/v/`);
    const [original] = sandbox.fal.jobs;
    const bytes = async (from: string) => await (await fetch(from)).arrayBuffer();
    expect(await bytes(url)).toEqual(await bytes(`${sandbox.url}/files/${original?.id}.mp4`));
  });

  test.each([undefined, "", "0", "true"])("its videos reach nobody where loopback is %s", async (allowed) => {
    const { answer, log } = await withFinishedJob({ ALLOW_LOOPBACK_VIDEOS: allowed });
    const { body } = answer;
    expect(body).toMatchObject({ success: false, code: "result-unusable" });
    expect(JSON.stringify(body)).not.toContain("127.0.0.1");
    expect(log()).toContain("job-failed");
  });
});

describe("told to end by a signal", () => {
  test.each(["SIGTERM", "SIGINT"] as const)("%s, it answers a held question at once", async (signal) => {
    const app = await setUp();
    const { requestId } = (await app.ask("generate-video", await signedIn())).body;
    const asked = app.fal.calls.length;
    const held = app.ask("video-status", await signedIn(), { requestId, wait: "25" });
    await vi.waitFor(() => expect(app.fal.calls.length).toBeGreaterThan(asked));
    process.emit(signal);
    expect(await held).toMatchObject({ body: expect.anything() });
    expect([200, 503]).toContain((await held).status);
  });
});
