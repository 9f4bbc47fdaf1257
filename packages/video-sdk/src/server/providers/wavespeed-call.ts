// One call to WaveSpeedAI. WaveSpeedAI's own client is not used, because it polls by itself. Never repeats.
import { fetchAnswer, type Fetch, type ProviderAnswer } from "./provider-answer.ts";
import { readProviderSetting } from "./provider-setting.ts";
import type { Setting } from "../secret-option.ts";

/** What its key is called. */
export const WAVESPEED_API_KEY = { provider: "wavespeed", setting: "WAVESPEED_API_KEY", option: "apiKey" } as const;

/** The options of `wavespeedProvider` that a call needs. */
export interface WavespeedAccess {
  readonly apiKey: Setting;
  readonly fetch?: Fetch | undefined;
}

/** Sends one request and returns WaveSpeedAI's answer. Throws only when the key is missing. */
export async function callWavespeed(access: WavespeedAccess, path: string, init: RequestInit): Promise<ProviderAnswer> {
  const headers = { authorization: `Bearer ${keyOf(access)}`, "content-type": "application/json" };
  return await fetchAnswer(access.fetch ?? fetch, `https://api.wavespeed.ai/api/v3/${path}`, { ...init, headers });
}

/** Uploads a file to the address of an upload answer. The address contains the permission, so no key is sent. */
export async function putToWavespeed(access: WavespeedAccess, url: string, init: RequestInit): Promise<ProviderAnswer> {
  return await fetchAnswer(access.fetch ?? fetch, url, { ...init, method: "PUT" });
}

function keyOf({ apiKey }: WavespeedAccess): string {
  return readProviderSetting(apiKey, WAVESPEED_API_KEY);
}
