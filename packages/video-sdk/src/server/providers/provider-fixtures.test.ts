// What providers answer, byte for byte as far as it is known, replayed through the providers: every case of the JSON files is a row.
import { describe, expect, test } from "vitest";
import falAnswers from "./__fixtures__/fal-answers.json" with { type: "json" };
import kieAnswers from "./__fixtures__/kie-answers.json" with { type: "json" };
import openrouterAnswers from "./__fixtures__/openrouter-answers.json" with { type: "json" };
import wavespeedAnswers from "./__fixtures__/wavespeed-answers.json" with { type: "json" };
import { toVideoError } from "../../errors.ts";
import { falProvider } from "./fal-provider.ts";
import { kieProvider } from "./kie-provider.ts";
import { openrouterProvider } from "./openrouter-provider.ts";
import type { Fetch } from "./provider-answer.ts";
import type { VideoProvider, VideoProviderJob } from "./provider.ts";
import { wavespeedProvider } from "./wavespeed-provider.ts";

/** One row of a file. */
interface FixtureCase {
  readonly name: string;
  readonly call: string;
  /** One per HTTP call, in order. */
  readonly answers: readonly RecordedAnswer[];
  /** What the provider makes of them: a value, or an error. Null stands for no advice to wait. */
  readonly gives?: unknown;
  readonly throws?: Readonly<Record<string, unknown>>;
  /** Texts that must not reach a user. */
  readonly hides?: readonly string[];
}

interface RecordedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** In place of `body`, for what is no JSON. */
  readonly text?: string;
}

type File = { readonly cases: readonly FixtureCase[] };

describe.each<[string, File, (fetch: Fetch) => VideoProvider]>([
  ["fal", falAnswers, (fetch) => falProvider({ credentials: "id:secret", fetch })],
  ["kie", kieAnswers, (fetch) => kieProvider({ apiKey: "secret", fetch })],
  ["openrouter", openrouterAnswers, (fetch) => openrouterProvider({ apiKey: "secret", fetch })],
  ["wavespeed", wavespeedAnswers, (fetch) => wavespeedProvider({ apiKey: "secret", fetch })],
])("%s answers", (_, { cases }, build) => {
  test.each(cases.map((row) => [row.name, row] as const))("%s", async (_name, row) => {
    const left = [...row.answers];
    const provider = build(async () => {
      const answer = left.shift();
      if (answer === undefined) throw new Error("One call more than there are answers.");
      const { status, headers = {}, text, body } = answer;
      return text === undefined ? Response.json(body, { status, headers }) : new Response(text, { status, headers });
    });
    // An error as its plain data: that, and no `cause`, is what may reach a user.
    const outcome = await callOf(provider, row.call).then(
      (gives) => ({ gives }),
      (error: unknown) => ({ throws: { retryAfterMs: null, ...toVideoError(error).toJSON() } }),
    );
    expect(outcome).toMatchObject(row.throws === undefined ? { gives: row.gives } : { throws: row.throws });
    expect(left).toEqual([]);
    const shown = JSON.stringify(outcome, (key, value: unknown) => (key === "cause" ? undefined : value));
    for (const secret of row.hides ?? []) expect(shown).not.toContain(secret);
  });
});

async function callOf(provider: VideoProvider, call: string): Promise<unknown> {
  const job: VideoProviderJob = { modelId: "vid-veo-3.1", provider: provider.id, endpoint: "fal-ai/veo3.1", input: {} };
  const reference = { requestId: "any-request", endpoint: "fal-ai/veo3.1" };
  if (call === "submit") return await provider.submit(job);
  if (call === "status") return await provider.status(reference);
  if (call === "cancel") return await provider.cancel(reference);
  throw new Error(`There is no call ${call}.`);
}
