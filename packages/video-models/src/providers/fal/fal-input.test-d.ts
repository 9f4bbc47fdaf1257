// Holds the inputs we send to fal against the types of fal's own client, at compile time.
import type { EndpointTypeMap } from "@fal-ai/client/endpoints";
import { expectTypeOf, test } from "vitest";
import type { Job } from "../job.ts";
import type { syncLipsync, topazUpscale } from "./finishing.ts";
import type { omniFlash, omniFlashReference } from "./gemini.ts";
import type { grok, grok15 } from "./grok.ts";
import type { hailuoPro, hailuoStandard } from "./hailuo.ts";
import type { happyHorse } from "./happy-horse.ts";
import type { hunyuan } from "./hunyuan.ts";
import type { kandinsky } from "./kandinsky.ts";
import type { kling3, kling3Turbo, klingAvatar, klingO3, klingO3Reference } from "./kling-3.ts";
import type { klingO1, klingO1Transition } from "./kling-o1.ts";
import type { kling25, kling25Transition, kling26 } from "./kling.ts";
import type { ltx, ltxFast } from "./ltx.ts";
import type { lucyLite, lucyPro } from "./lucy.ts";
import type { ray } from "./luma.ts";
import type { h3, h3Reference } from "./minimax-h3.ts";
import type { ovi } from "./ovi.ts";
import type { pixverse, pixverse6, pixverseTransition } from "./pixverse.ts";
import type { seedance2, seedance2Fast, seedance2Mini, seedance2Reference } from "./seedance-2.ts";
import type { seedance1, seedance15, seedance15Transition } from "./seedance.ts";
import type { sora } from "./sora.ts";
import type { veoExtend, veoLite, veoReference } from "./veo-newer.ts";
import type { veo, veoTransition } from "./veo.ts";
import type { vidu } from "./vidu.ts";
import type { wan, wan26, wan27 } from "./wan.ts";

type Version1 =
  | "fal-ai/bytedance/seedance/v1/lite"
  | "fal-ai/bytedance/seedance/v1/pro"
  | "fal-ai/bytedance/seedance/v1/pro/fast";
type VeoTier = "fal-ai/veo3.1" | "fal-ai/veo3.1/fast";
type Kling3Tier = "fal-ai/kling-video/v3/pro" | "fal-ai/kling-video/v3/standard";

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
  | typeof syncLipsync
  | typeof topazUpscale
  | typeof omniFlash
  | typeof omniFlashReference
  | typeof grok
  | typeof grok15
  | typeof happyHorse
  | typeof hunyuan
  | typeof kling3Turbo
  | typeof klingAvatar
  | typeof klingO3
  | typeof klingO3Reference
  | typeof ltx
  | typeof ltxFast
  | typeof ray
  | typeof h3
  | typeof h3Reference
  | typeof pixverse6
  | typeof seedance2
  | typeof seedance2Fast
  | typeof seedance2Mini
  | typeof seedance2Reference
  | typeof veoExtend
  | typeof veoLite
  | typeof veoReference
  | typeof vidu
  | typeof wan26
  | typeof wan27
  | ReturnType<typeof kling3<Kling3Tier>>
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
  | "fal-ai/sora-2/image-to-video"
  | "fal-ai/ltx-2.3/text-to-video"
  | "fal-ai/ltx-2.3/text-to-video/fast"
  | "fal-ai/ltx-2.3/image-to-video"
  | "fal-ai/ltx-2.3/image-to-video/fast"
  | "fal-ai/wan/v2.7/text-to-video"
  | "fal-ai/wan/v2.7/image-to-video"
  | NewerThanTheClient;

/** Not in the client's types yet: fixtures of its unreleased types hold their inputs. */
type NewerThanTheClient =
  | "alibaba/happy-horse/v1.1/image-to-video"
  | "alibaba/happy-horse/v1.1/text-to-video"
  | "bytedance/seedance-2.0/text-to-video"
  | "bytedance/seedance-2.0/image-to-video"
  | "bytedance/seedance-2.0/fast/text-to-video"
  | "bytedance/seedance-2.0/fast/image-to-video"
  | "bytedance/seedance-2.0/mini/text-to-video"
  | "bytedance/seedance-2.0/mini/image-to-video"
  | "bytedance/seedance-2.0/reference-to-video"
  | "fal-ai/kling-video/v3/turbo/pro/text-to-video"
  | "fal-ai/kling-video/v3/turbo/pro/image-to-video"
  | "fal-ai/sync-lipsync/v3"
  | "google/gemini-omni-flash/image-to-video"
  | "google/gemini-omni-flash/reference-to-video"
  | "luma/agent/ray/v3.2/text-to-video"
  | "luma/agent/ray/v3.2/image-to-video"
  | "minimax/h3/text-to-video"
  | "minimax/h3/image-to-video"
  | "minimax/h3/reference-to-video"
  | "xai/grok-imagine-video/v1.5/image-to-video";

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
    | NewerThanTheClient
  >();
  expectTypeOf<Mistakes<Wrong>[0]>().toEqualTypeOf<Wrong>();
});
