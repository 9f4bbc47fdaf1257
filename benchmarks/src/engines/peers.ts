// The public clients, each as its documentation uses it.
import { createFal } from "@ai-sdk/fal";
import { createFalClient } from "@fal-ai/client";
import { experimental_generateVideo as generateVideo } from "ai";
import Replicate from "replicate";
import { promptOf, type Contender } from "./contender.ts";

/** `fal.subscribe`, by polling. */
export const falSubscribe: Contender = {
  id: "fal.subscribe",
  level: "job",
  setUp({ fetch, pollMs }) {
    const client = createFalClient({ credentials: "key:secret", fetch });
    return Promise.resolve(async (index) => {
      const input = { prompt: promptOf(index) };
      const { data } = await client.subscribe("a/b", { input, pollInterval: pollMs, mode: "polling" });
      return (data as { video: { url: string } }).video.url; // the transport's answer
    });
  },
};

/** `replicate.run`, by polling. */
export const replicateRun: Contender = {
  id: "replicate.run",
  level: "job",
  setUp({ fetch, pollMs }) {
    const client = new Replicate({ auth: "token", fetch, useFileOutput: false });
    const wait = { mode: "poll", interval: pollMs } as const;
    return Promise.resolve(
      async (index) => (await client.run("a/b", { input: { prompt: promptOf(index) }, wait })) as unknown as string, // one URL
    );
  },
};

/** `generateVideo` of the AI SDK with its fal provider. The download of the video is left out. */
export const aiSdk: Contender = {
  id: "AI SDK generateVideo",
  level: "job",
  setUp({ fetch, pollMs }) {
    Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });
    const video = createFal({ apiKey: "key", fetch }).video("b");
    // The two packages pin two versions of the same interface, which differ only in what may be written out as undefined.
    const model = video as unknown as Parameters<typeof generateVideo>[0]["model"];
    const file = { data: new Uint8Array([0, 0, 0, 24, 102, 116, 121, 112]), mediaType: "video/mp4" };
    const options = {
      download: () => Promise.resolve(file),
      providerOptions: { fal: { pollIntervalMs: pollMs, pollTimeoutMs: 3_600_000 } },
    };
    return Promise.resolve(async (index) => {
      const { responses } = await generateVideo({ model, prompt: promptOf(index), ...options });
      const metadata = responses[0]?.providerMetadata?.["fal"] as { videos: { url: string }[] } | undefined; // its provider's
      return metadata?.videos[0]?.url ?? "";
    });
  },
};
