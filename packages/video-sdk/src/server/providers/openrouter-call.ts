// One call to OpenRouter. Its own client is not used, because it repeats calls by itself. Never repeats.
import { fetchAnswer, type Fetch, type ProviderAnswer } from "./provider-answer.ts";
import { readProviderSetting } from "./provider-setting.ts";
import type { Setting } from "../secret-option.ts";

/** What its key is called. */
export const OPENROUTER_API_KEY = { provider: "openrouter", setting: "OPENROUTER_API_KEY", option: "apiKey" } as const;

/** The options of `openrouterProvider` that a call needs. */
export interface OpenrouterAccess {
  readonly apiKey: Setting;
  readonly fetch?: Fetch | undefined;
}

/** Sends one request to the video API and returns OpenRouter's answer. Throws only when the key is missing. */
export async function callOpenrouter(
  { apiKey, fetch: given = fetch }: OpenrouterAccess,
  path: string,
  init: RequestInit,
): Promise<ProviderAnswer> {
  const key = readProviderSetting(apiKey, OPENROUTER_API_KEY);
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  return await fetchAnswer(given, `https://openrouter.ai/api/v1/videos${path}`, { ...init, headers });
}
