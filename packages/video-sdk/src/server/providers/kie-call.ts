// One call to kie.ai, which has no client library. Never repeats.
import { fetchAnswer, type Fetch, type ProviderAnswer } from "./provider-answer.ts";
import { readProviderSetting } from "./provider-setting.ts";
import type { Setting } from "../secret-option.ts";

/** What its key is called. */
export const KIE_API_KEY = { provider: "kie", setting: "KIE_API_KEY", option: "apiKey" } as const;

/** The options of `kieProvider` that a call needs. */
export interface KieAccess {
  readonly apiKey: Setting;
  readonly fetch?: Fetch | undefined;
}

/** Sends one request and returns kie's answer. Throws only when the key is missing. */
export async function callKie(access: KieAccess, path: string, init: RequestInit): Promise<ProviderAnswer> {
  const headers = { authorization: `Bearer ${keyOf(access)}`, "content-type": "application/json" };
  return await fetchAnswer(access.fetch ?? fetch, `https://api.kie.ai/api/v1/jobs/${path}`, { ...init, headers });
}

function keyOf({ apiKey }: KieAccess): string {
  return readProviderSetting(apiKey, KIE_API_KEY);
}
