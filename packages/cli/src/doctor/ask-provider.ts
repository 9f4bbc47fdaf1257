// One question to a provider, with its key and without paying. An answer is only what the provider itself has said: something in between (a proxy, a sign-in
// page of a network) answers with a page, or leads elsewhere.
import { reasonOf } from "./finding.ts";

/** What came back. `reason`: why nothing can be told from it, without an address, which may hold a key. */
export type ProviderAnswer =
  | { readonly isRead: true; readonly status: number; readonly body: object; readonly date: string | null }
  | { readonly isRead: false; readonly reason: string };

/** How it is asked. */
export interface ProviderQuestion {
  readonly send: typeof fetch;
  readonly headers?: Readonly<Record<string, string>>;
}

const ANSWER_MS = 15_000;

/** Never rejects. Follows no redirect: the key goes to the provider alone. */
export async function askProvider(url: string, { send, headers = {} }: ProviderQuestion): Promise<ProviderAnswer> {
  try {
    const response = await send(url, { headers, redirect: "manual", signal: AbortSignal.timeout(ANSWER_MS) });
    const { status } = response;
    if (status >= 300 && status < 400) return { isRead: false, reason: `status ${status}, which leads elsewhere` };
    const body = parsed(await response.text());
    if (body === undefined) return { isRead: false, reason: `status ${status} with something that is not theirs` };
    return { isRead: true, status, body, date: response.headers.get("date") };
  } catch (thrown) {
    return { isRead: false, reason: reasonOf(thrown) };
  }
}

function parsed(text: string): object | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null ? body : undefined;
  } catch {
    return undefined;
  }
}
