// With a model's id written in a request, the compiler knows its durations and resolutions; without, any are let through to the check at run time.
import type { OfferedBy, VideoModelId, VideoRequest } from "@video-engine/video-models";
import { expectTypeOf, test } from "vitest";
import type { GenerateRequest } from "./attachments/attachment.ts";
import type { VideoEngine } from "./compose-engine.ts";
import type { Generation, GenerationOutcome, GenerationResult } from "./engine/generation-handle.ts";

const { generate, quote } = {} as VideoEngine; // only its types are looked at
const prompt = "a corgi surfing";

test("a duration or a resolution that the model does not offer does not compile", () => {
  const request = { model: "vid-veo-3.1", prompt, duration: 8, resolution: "1080p" } as const;
  expectTypeOf(generate(request)).toEqualTypeOf<Generation>();
  // @ts-expect-error: Veo makes 4, 6 or 8 seconds
  generate({ model: "vid-veo-3.1", prompt, duration: 5 });
  // @ts-expect-error: Veo has no 480p here
  generate({ model: "vid-veo-3.1", prompt, resolution: "480p" });
  // @ts-expect-error: Kandinsky has no resolutions
  quote({ model: "vid-kandinsky-5", prompt, resolution: "720p" });
  // @ts-expect-error: there is no such model
  generate({ model: "veo-3.1", prompt });
});

test("a model that is known at run time only takes any", () => {
  const model = "vid-ovi" as VideoModelId;
  const duration = 5 as number;
  expectTypeOf(generate({ model, prompt, duration, resolution: "720p" })).toEqualTypeOf<Generation>();
});

test("a request for one model is a request for any", () => {
  expectTypeOf<VideoRequest & OfferedBy<"vid-ovi">>().toExtend<VideoRequest>();
  expectTypeOf<VideoRequest>().toExtend<GenerateRequest>();
  expectTypeOf<VideoRequest["duration"]>().toEqualTypeOf<number | "auto" | undefined>();
});

test("the handle is no promise; its result is one", () => {
  expectTypeOf<Generation>().not.toHaveProperty("then");
  expectTypeOf<Generation["result"]>().toEqualTypeOf<Promise<GenerationResult>>();
  expectTypeOf<Generation["outcome"]>().toEqualTypeOf<Promise<GenerationOutcome>>();
});
