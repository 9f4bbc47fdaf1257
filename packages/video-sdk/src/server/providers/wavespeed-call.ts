// One call to WaveSpeedAI. Its own client polls by itself, which the routes do not want. Never repeats.
import { type Fetch, fetchAnswer, type ProviderAnswer } from "./provider-answer.ts";
import { readProviderSetting } from "./provider-setting.ts";
import type { Setting } from "../secret-option.ts";

/** How to reach WaveSpeedAI. */
export interface WavespeedAccess {
  /** The key, or where to get it. May be missing until a job is submitted; then the error names WAVESPEED_API_KEY. */
  readonly apiKey: Setting;
  /** Default: the global `fetch`, looked up at each call. */
  readonly fetch?: Fetch;
}

/** Sends one request and gives back whatever WaveSpeedAI answered. Throws only when the key is missing. */
export async function callWavespeed(access: WavespeedAccess, path: string, init: RequestInit): Promise<ProviderAnswer> {
  const headers = { authorization: `Bearer ${keyOf(access)}`, "content-type": "application/json" };
  return await fetchAnswer(access.fetch ?? fetch, `https://api.wavespeed.ai/api/v3/${path}`, { ...init, headers });
}

/** Puts a file where an upload answer says. The address carries its own permission, so no key is sent. */
export async function putToWavespeed(access: WavespeedAccess, url: string, init: RequestInit): Promise<ProviderAnswer> {
  return await fetchAnswer(access.fetch ?? fetch, url, { ...init, method: "PUT" });
}

function keyOf({ apiKey }: WavespeedAccess): string {
  return readProviderSetting(apiKey, { provider: "wavespeed", setting: "WAVESPEED_API_KEY", option: "apiKey" });
}
