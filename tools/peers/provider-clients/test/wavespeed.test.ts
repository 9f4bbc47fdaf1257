// WaveSpeedAI's own client against the sandbox.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Client } from "wavespeed";
import { fetchFrom, openSandbox } from "./open-sandbox.ts";

const sandbox = openSandbox();
fetchFrom(sandbox);

const MODEL = "decart/lucy/image-to-video";

test("makes a video", async () => {
  const { outputs } = await new Client("any").run(MODEL, { prompt: "a corgi" }, { pollInterval: 0.05 });
  const id = sandbox().wavespeed.tasks.at(-1)?.id;
  expect(outputs).toEqual([`${sandbox().url}/files/${id}.mp4`]);
  expect((await fetch(String(outputs[0]))).status).toBe(200);
});

test("says what was said of a task that failed", async () => {
  const run = new Client("any").run(MODEL, { prompt: "a corgi [scenario:flagged]" }, { pollInterval: 0.05 });
  await expect(run).rejects.toThrow("Content flagged as potentially sensitive");
});

test("sends a submit once, whatever becomes of its answer", async () => {
  const run = new Client("any").run(MODEL, { prompt: "a corgi [scenario:submit-reset-accepted]" });
  await expect(run).rejects.toThrow("Prediction submission failed");
  expect(
    sandbox().wavespeed.tasks.filter(({ input }) => String(input["prompt"]).includes("submit-reset")),
  ).toHaveLength(1);
});

test("uploads a file, which can be read back", async () => {
  const folder = await mkdtemp(join(tmpdir(), "video-engine-upload-"));
  const file = join(folder, "frame.png");
  await writeFile(file, "pixels");
  try {
    const url = await new Client("any").upload(file);
    expect(await (await fetch(url)).text()).toBe("pixels");
  } finally {
    await rm(folder, { recursive: true });
  }
});
