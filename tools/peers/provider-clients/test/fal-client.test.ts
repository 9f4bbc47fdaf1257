// fal's own client against the sandbox.
import { ApiError, createFalClient, ValidationError, type QueueStatus } from "@fal-ai/client";
import { describe, expect, test } from "vitest";
import { openSandbox } from "./open-sandbox.ts";

const sandbox = openSandbox();
const clientOf = () => createFalClient({ credentials: "any:key", fetch: sandbox().fetch });
const ENDPOINT = "fal-ai/veo3.1/fast";
const input = { prompt: "a corgi" };

/** What a client was told, each state once, and all lines of the log. */
function watch() {
  const states: string[] = [];
  const lines = new Set<string>();
  const onQueueUpdate = (update: QueueStatus): void => {
    if (states.at(-1) !== update.status) states.push(update.status);
    if (update.status !== "IN_QUEUE") for (const { message } of update.logs) lines.add(message);
  };
  return { states, lines, onQueueUpdate };
}

describe("subscribe", () => {
  test.each([
    ["polling", { mode: "polling", pollInterval: 50 }],
    ["streaming", { mode: "streaming" }],
    ["streaming with a token", { mode: "streaming", connectionMode: "client" }],
  ] as const)("by %s passes through the states, with logs, to a video", async (_name, how) => {
    const { states, lines, onQueueUpdate } = watch();
    const { data, requestId } = await clientOf().subscribe(ENDPOINT, { input, logs: true, onQueueUpdate, ...how });
    // A busy machine may miss one of the first two.
    expect(states).toEqual(["IN_QUEUE", "IN_PROGRESS", "COMPLETED"].filter((state) => states.includes(state)));
    expect(states.at(-1)).toBe("COMPLETED");
    expect([...lines]).toEqual(["Started", "50 %", "Finished"]);
    expect(data).toMatchObject({
      video: { url: `${sandbox().url}/files/${requestId}.mp4`, content_type: "video/mp4" },
    });
  });

  test("throws what fal says of a job that failed", async () => {
    const failing = { prompt: "a corgi [scenario:content-policy-violation]" };
    const error: unknown = await clientOf()
      .subscribe(ENDPOINT, { input: failing, pollInterval: 50 })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ValidationError);
    expect(error).toMatchObject({ status: 422, fieldErrors: [{ type: "content_policy_violation" }] });
  });
});

describe("the queue, call by call", () => {
  test("submits, tells the state, and hands out the result under the address of the app", async () => {
    const { queue } = clientOf();
    const { request_id: requestId, status_url: statusUrl } = await queue.submit(ENDPOINT, { input });
    expect(statusUrl).toBe(`https://queue.fal.run/fal-ai/veo3.1/requests/${requestId}/status`);
    await queue.subscribeToStatus(ENDPOINT, { requestId, pollInterval: 50 });
    expect(await queue.result(ENDPOINT, { requestId })).toMatchObject({ requestId, data: { video: {} } });
  });

  test("cancels a job once, and says so when it has ended", async () => {
    const { queue } = clientOf();
    const running = { prompt: "a corgi [scenario:never-ends]" };
    const { request_id: requestId } = await queue.submit(ENDPOINT, { input: running });
    await queue.cancel(ENDPOINT, { requestId });
    expect(await queue.status(ENDPOINT, { requestId })).toMatchObject({
      status: "COMPLETED",
      error_type: "client_cancelled",
    });
    await expect(queue.cancel(ENDPOINT, { requestId })).rejects.toMatchObject({
      status: 400,
      body: { status: "ALREADY_COMPLETED" },
    });
  });

  test("keeps the namespace of a workflow in the addresses of its jobs", async () => {
    const { queue } = clientOf();
    const workflow = "workflows/someone/reel";
    const { request_id: requestId, response_url: responseUrl } = await queue.submit(workflow, { input });
    expect(responseUrl).toBe(`https://queue.fal.run/workflows/someone/reel/requests/${requestId}`);
    await queue.subscribeToStatus(workflow, { requestId, pollInterval: 50 });
    expect(await queue.result(workflow, { requestId })).toMatchObject({ requestId });
  });
});

describe("run", () => {
  test("waits for the video at fal.run", async () => {
    const { data, requestId } = await clientOf().run(ENDPOINT, { input });
    expect(data).toMatchObject({ video: { url: `${sandbox().url}/files/${requestId}.mp4` } });
  });

  test("throws the status of a job that failed", async () => {
    const failing = { prompt: "a corgi [scenario:string-detail]" };
    await expect(clientOf().run(ENDPOINT, { input: failing })).rejects.toMatchObject({ status: 422 });
  });
});

describe("storage", () => {
  test("uploads a file in one piece", async () => {
    const url = await clientOf().storage.upload(new Blob(["pixels"], { type: "image/png" }));
    const file = await sandbox().fetch(url);
    expect([file.headers.get("content-type"), await file.text()]).toEqual(["image/png", "pixels"]);
  });

  test("uploads a large file in parts, and puts them together", async () => {
    const size = 91 * 1024 * 1024;
    const bytes = new Uint8Array(size);
    bytes.set([1, 2, 3], size - 3);
    const url = await clientOf().storage.upload(new Blob([bytes], { type: "video/mp4" }));
    const kept = sandbox().fal.uploads.find(({ fileUrl }) => fileUrl === url);
    expect([kept?.contentType, kept?.bytes.length, kept?.bytes.slice(-3)]).toEqual([
      "video/mp4",
      size,
      new Uint8Array([1, 2, 3]),
    ]);
  });

  test("uploads a blob in an input before the submit", async () => {
    const image = new Blob(["a frame"], { type: "image/png" });
    await clientOf().queue.submit(ENDPOINT, { input: { ...input, image_url: image } as typeof input });
    expect(sandbox().fal.jobs.at(-1)?.input).toMatchObject({
      image_url: expect.stringMatching("^https://v3.fal.media/files/upload-"),
    });
  });
});

test("no key is refused once, and not asked again", async () => {
  const before = sandbox().fal.calls.length;
  const client = createFalClient({ credentials: "", fetch: sandbox().fetch });
  await expect(client.queue.submit(ENDPOINT, { input })).rejects.toBeInstanceOf(ApiError);
  expect(sandbox().fal.calls.length - before).toBe(1);
});
