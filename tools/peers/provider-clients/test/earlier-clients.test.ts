// Earlier versions of the providers' own clients, as apps that were built with them still run: other hosts for files and tokens, other ways to upload.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFalClient as createFalClient12 } from "fal-client-1.2";
import { createFalClient as createFalClient19 } from "fal-client-1.9";
import { describe, expect, test } from "vitest";
import { Client } from "wavespeed-0.2";
import { fetchFrom, openSandbox } from "./open-sandbox.ts";

const sandbox = openSandbox();
const ENDPOINT = "fal-ai/veo3.1/fast";
const input = { prompt: "a corgi" };

/** What is used of each version: their types are not one another's. */
interface FalClient {
  readonly subscribe: (
    endpoint: string,
    options: { input: object; logs: true } & (
      | { mode: "polling"; pollInterval: number }
      | { mode: "streaming"; connectionMode?: "client" }
    ),
  ) => Promise<{ data: unknown; requestId: string }>;
  readonly storage: { readonly upload: (file: Blob) => Promise<string> };
  readonly queue: {
    readonly submit: (endpoint: string, options: { input: object }) => Promise<{ request_id: string }>;
    readonly cancel: (endpoint: string, job: { requestId: string }) => Promise<void>;
    readonly result: (endpoint: string, job: { requestId: string }) => Promise<unknown>;
  };
}
type CreateFalClient = (settings: { credentials: string; fetch: typeof fetch }) => FalClient;

const FAL_CLIENTS: readonly (readonly [string, CreateFalClient])[] = [
  ["1.2", createFalClient12],
  ["1.9", createFalClient19],
];

describe.each(FAL_CLIENTS)("@fal-ai/client %s", (_version, createFalClient) => {
  const clientOf = () => createFalClient({ credentials: "any:key", fetch: sandbox().fetch });

  test.each([
    ["polling", { mode: "polling", pollInterval: 50 }],
    ["streaming", { mode: "streaming" }],
    ["streaming with a token", { mode: "streaming", connectionMode: "client" }],
  ] as const)("makes a video by %s", async (_name, how) => {
    const { data, requestId } = await clientOf().subscribe(ENDPOINT, { input, logs: true, ...how });
    expect(data).toMatchObject({ video: { url: `${sandbox().url}/files/${requestId}.mp4` } });
  });

  test("uploads a file", async () => {
    const url = await clientOf().storage.upload(new Blob(["pixels"], { type: "image/png" }));
    expect(await (await sandbox().fetch(url)).text()).toBe("pixels");
  });

  test("cancels a job that it waits for no longer", async () => {
    const { queue } = clientOf();
    const { request_id: requestId } = await queue.submit(ENDPOINT, { input });
    await queue.cancel(ENDPOINT, { requestId });
    await expect(queue.result(ENDPOINT, { requestId })).rejects.toMatchObject({ name: "ApiError" });
  });
});

describe("wavespeed 0.2", () => {
  fetchFrom(sandbox);
  const MODEL = "decart/lucy/image-to-video";

  test("makes a video", async () => {
    const { outputs } = await new Client("any").run(MODEL, input, { pollInterval: 0.05 });
    expect(outputs).toEqual([`${sandbox().url}/files/${sandbox().wavespeed.tasks.at(-1)?.id}.mp4`]);
  });

  test("uploads a file in a form", async () => {
    const folder = await mkdtemp(join(tmpdir(), "video-engine-upload-"));
    await writeFile(join(folder, "frame.png"), "pixels");
    const url = await new Client("any").upload(join(folder, "frame.png"));
    expect(await (await fetch(url)).text()).toBe("pixels");
    await rm(folder, { recursive: true });
  });

  test("is told that there is no sync mode, and no task is made", async () => {
    const before = sandbox().wavespeed.tasks.length;
    const run = new Client("any").run(MODEL, input, { enableSyncMode: true });
    await expect(run).rejects.toThrow("sync mode is not simulated");
    expect(sandbox().wavespeed.tasks.length).toBe(before);
  });
});
