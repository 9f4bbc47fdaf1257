// Holds the inputs we send to fal against the types of fal's own client, at compile time.
import type { EndpointTypeMap } from "@fal-ai/client/endpoints";
import { expectTypeOf, test } from "vitest";
import type { Job } from "../job.ts";
import type { hailuoPro, hailuoStandard } from "./hailuo.ts";
import type { kandinsky } from "./kandinsky.ts";
import type { klingO1, klingO1Transition } from "./kling-o1.ts";
import type { kling25, kling25Transition, kling26 } from "./kling.ts";
import type { lucyLite, lucyPro } from "./lucy.ts";
import type { ovi } from "./ovi.ts";
import type { pixverse, pixverseTransition } from "./pixverse.ts";
import type { seedance1, seedance15, seedance15Transition } from "./seedance.ts";
import type { sora } from "./sora.ts";
import type { veo, veoTransition } from "./veo.ts";
import type { wan } from "./wan.ts";

type Version1 = "fal-ai/bytedance/seedance/v1/lite" | "fal-ai/bytedance/seedance/v1/pro";
type VeoTier = "fal-ai/veo3.1" | "fal-ai/veo3.1/fast";

/** Every job that an encoder of this folder can build. */
type FalJob = ReturnType<
  | typeof hailuoPro
  | typeof hailuoStandard
  | typeof kandinsky
  | typeof klingO1
  | typeof klingO1Transition
  | typeof kling25
  | typeof kling25Transition
  | typeof kling26
  | typeof lucyLite
  | typeof lucyPro
  | typeof ovi
  | typeof pixverse
  | typeof pixverseTransition
  | typeof seedance15
  | typeof seedance15Transition
  | typeof sora
  | typeof wan
  | ReturnType<typeof seedance1<Version1>>
  | ReturnType<typeof veo<VeoTier>>
  | ReturnType<typeof veoTransition<VeoTier>>
>;

/** Where version 1.10.1 of the client cannot judge. */
type Excluded =
  // Not in the client's types although live.
  | "fal-ai/ovi"
  | "fal-ai/ovi/image-to-video"
  | "fal-ai/decart/lucy-5b/image-to-video"
  | "decart/lucy-14b/image-to-video"
  // Aliased to Wan 2.7: no 480p.
  | "fal-ai/wan-25-preview/text-to-video"
  // Durations typed as texts; they are numbers on the wire.
  | "fal-ai/sora-2/text-to-video"
  | "fal-ai/sora-2/image-to-video";

type InputOf<Endpoint, J = FalJob> = J extends Job<infer E, infer Input> ? (Endpoint extends E ? Input : never) : never;

/** The endpoints, of those named, whose input fal's client would not take, each with what is wrong. */
type Mistakes<Endpoint extends keyof EndpointTypeMap> = Endpoint extends unknown
  ? MistakeOf<Endpoint, InputOf<Endpoint>, EndpointTypeMap[Endpoint]["input"]>
  : never;

type MistakeOf<Endpoint, Ours, Theirs> = [Ours] extends [never]
  ? [Endpoint, "nothing is sent here"]
  : [Ours] extends [Theirs]
    ? [UnknownFields<Ours, Theirs>] extends [never]
      ? never
      : [Endpoint, "unknown field", UnknownFields<Ours, Theirs>]
    : [Endpoint, "wrong type"];

type UnknownFields<Ours, Theirs> = Ours extends unknown ? Exclude<keyof Ours, keyof Theirs> : never;

type Judged = Exclude<FalJob["endpoint"], Excluded>;

test("every endpoint that the client's types can judge is in them", () => {
  expectTypeOf<Judged>().toExtend<keyof EndpointTypeMap>();
});

test("every input is one that the client's types accept, without a field that they do not know", () => {
  expectTypeOf<Mistakes<Judged>>().toEqualTypeOf<never>();
});

test("inputs are typed exactly, so that the test above can fail", () => {
  type Veo = InputOf<"fal-ai/veo3.1">;
  expectTypeOf<Veo["duration"]>().toEqualTypeOf<"4s" | "6s" | "8s">();
  expectTypeOf<Veo["auto_fix"]>().toEqualTypeOf<true>();
  expectTypeOf<InputOf<"fal-ai/sora-2/text-to-video">["duration"]>().toEqualTypeOf<4 | 8 | 12 | 16 | 20>();
  expectTypeOf<Mistakes<"fal-ai/flux/dev">>().toEqualTypeOf<["fal-ai/flux/dev", "nothing is sent here"]>();
  expectTypeOf<MistakeOf<1, { prompt: string; duration: 5 }, { prompt: string }>>().toEqualTypeOf<
    [1, "unknown field", "duration"]
  >();
});

test("the excluded endpoints are still ones that the client's types cannot judge", () => {
  type Missing = Exclude<Excluded, keyof EndpointTypeMap>;
  type Wrong = Exclude<Excluded, Missing>;
  expectTypeOf<Missing>().toEqualTypeOf<
    | "fal-ai/ovi"
    | "fal-ai/ovi/image-to-video"
    | "fal-ai/decart/lucy-5b/image-to-video"
    | "decart/lucy-14b/image-to-video"
  >();
  expectTypeOf<Mistakes<Wrong>[0]>().toEqualTypeOf<Wrong>();
});
