// One HTTP call that always comes to an answer. Never throws, never repeats, judges nothing.
import { readJson, type Fetch, type ProviderAnswer } from "./provider-answer.ts";

/** Sends a request and gives back whatever came of it, with the body as JSON where it is any. */
export async function fetchAnswer(fetch: Fetch, url: string, init: RequestInit): Promise<ProviderAnswer> {
  try {
    const response = await fetch(url, init);
    const { status, headers } = response;
    return { isReached: true, status, headers, body: readJson(await response.text()) };
  } catch (cause) {
    return { isReached: false, cause };
  }
}
