// One call to fal through its own client, which knows the addresses, the key and the headers. The answer is read from the response
// itself, because the client hides headers, waits before it repeats, and repeats paid calls.
import type { createFalClient, FalClient } from "@fal-ai/client";
import { VideoError } from "../../errors.ts";
import { notInstalled } from "../error-response.ts";
import { createOneCallFetch } from "./one-call-fetch.ts";
import type { Fetch, ProviderAnswer } from "./provider-answer.ts";
import { readProviderSetting } from "./provider-setting.ts";
import type { Setting } from "../secret-option.ts";

/** The options of `falProvider` that a call needs. */
export interface FalAccess {
  readonly credentials: Setting;
  readonly fetch?: Fetch | undefined;
}

/** What fal's key is called. */
export const FAL_KEY = { provider: "fal", setting: "FAL_KEY", option: "credentials" } as const;

type FalConfig = Pick<NonNullable<Parameters<typeof createFalClient>[0]>, "fetch" | "responseHandler">;

/** Makes the call with a client. Pass the signal on to the client. */
export type FalCall = (client: FalClient, over: AbortSignal) => Promise<unknown>;

/** Makes one call, once, and returns fal's answer. Throws only when no call could be made. */
export async function callFal(access: FalAccess, call: FalCall, signal?: AbortSignal): Promise<ProviderAnswer> {
  const once = createOneCallFetch(fetchOf(access), signal);
  const client = await createQuietClient(access, { fetch: once.fetch, responseHandler: readHere });
  try {
    await call(client, once.over);
  } catch (error) {
    if (once.answer() === undefined) throw error;
  }
  const answer = once.answer();
  if (answer === undefined) throw new Error("The fal client made no call.");
  return answer;
}

/** Uploads a file to fal's storage: two calls, neither of them paid, none repeated. */
export async function uploadToFal(access: FalAccess, file: Blob): Promise<string> {
  try {
    const client = await createQuietClient(access, { fetch: fetchOf(access) });
    return await client.storage.upload(file);
  } catch (cause) {
    throw cause instanceof VideoError
      ? cause
      : new VideoError("upload-failed", { details: { provider: "fal" }, cause });
  }
}

/** The answer is read from the response, so the client is told of nothing. */
const readHere = (): Promise<undefined> => Promise.resolve(undefined);

/**
 * The input of a job as the client sends it on as it is: in a plain object it looks for files to upload, by three promises a member, and ours
 * has none.
 */
export function withoutFiles(input: object): object {
  return Object.assign(Object.create(null) as object, input); // an object without a prototype is no plain one to the client
}

async function createQuietClient(access: FalAccess, config: FalConfig): Promise<FalClient> {
  const credentials = keyOf(access);
  const create = await loadClient();
  return create({
    ...config,
    credentials,
    retry: { maxRetries: 0 },
    suppressLocalCredentialsWarning: true,
  });
}

// An optional peer, so loaded when it is first needed. Bundlers take an import within `try` as one that may be missing.
async function loadClient(): Promise<typeof createFalClient> {
  if (loaded !== undefined) return loaded;
  try {
    loaded = (await import("@fal-ai/client")).createFalClient;
    return loaded;
  } catch (cause) {
    throw notInstalled("@fal-ai/client", "falProvider()", cause);
  }
}

/** Kept, because even a repeated import costs as much as the call itself. */
let loaded: typeof createFalClient | undefined;

/** The fetch that fal is called with. */
export function fetchOf(access: FalAccess): Fetch {
  return access.fetch ?? fetch;
}

function keyOf({ credentials }: FalAccess): string {
  return readProviderSetting(credentials, FAL_KEY);
}
