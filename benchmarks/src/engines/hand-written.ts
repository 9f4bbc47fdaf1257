// The floor: what an app writes by hand, with no error path, no journal and no cancel.
import { promptOf, type Contender, type ContenderOptions } from "./contender.ts";

const BASE = "https://app.test/api/mobile";

/** POST, setTimeout, GET. */
export const handWrittenLoop: Contender = {
  id: "hand-written loop",
  level: "job",
  setUp: ({ fetch, pollMs }) =>
    Promise.resolve(async (index) => untilDone({ fetch, pollMs }, await submit(fetch, index, {}))),
};

/** The whole list of steps, in the order of the hook that it stands for. */
export const handWrittenSaga: Contender = {
  id: "hand-written saga",
  level: "books",
  setUp: ({ fetch, backend, pollMs }) =>
    Promise.resolve(async (index) => {
      const prompt = promptOf(index);
      const slot = (await backend("generations:acquireGenerationSlot", { type: "video", prompt })) as {
        generationId: string;
      }; // the transport's answer
      await backend("users:reserveCredits", { amount: 10 });
      const sessionId = await backend("sessions:createSession", { type: "video" });
      const row = { sessionId, prompt, isLoading: true, concurrencySlotId: slot.generationId };
      const generationId = await backend("sessions:addGenerationToSession", row);
      const authorization = `Bearer ${await Promise.resolve("token")}`;
      const url = await untilDone({ fetch, pollMs }, await submit(fetch, index, { authorization }));
      await backend("sessions:updateGeneration", { generationId, videos: [url], isLoading: false });
      await backend("users:captureReservedCredits", { amount: 10 });
      await backend("generations:updateGenerationStatus", { generationId: slot.generationId, status: "completed" });
      return url;
    }),
};

async function submit(
  fetch: ContenderOptions["fetch"],
  index: number,
  headers: Record<string, string>,
): Promise<string> {
  const body = JSON.stringify({ prompt: promptOf(index), model: "vid-veo-3.1" });
  const init = { method: "POST", headers: { "content-type": "application/json", ...headers }, body };
  const answer = (await (await fetch(`${BASE}/generate-video`, init)).json()) as { requestId: string }; // the transport's
  return answer.requestId;
}

async function untilDone(
  { fetch, pollMs }: Pick<ContenderOptions, "fetch" | "pollMs">,
  requestId: string,
): Promise<string> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, pollMs));
    const response = await fetch(`${BASE}/video-status?requestId=${requestId}`);
    const { videos } = (await response.json()) as { videos?: readonly string[] }; // the transport's
    if (videos?.[0] !== undefined) return videos[0];
  }
}
