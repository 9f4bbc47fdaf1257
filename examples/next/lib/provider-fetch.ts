// Where calls of the providers go: to the providers, or to one address that stands in for all of them, such as the sandbox.
import { optionalSetting } from "./setting.ts";

/**
 * The providers' fetch. With PROVIDERS_URL, `https://queue.fal.run/x` is called at `<PROVIDERS_URL>/queue.fal.run/x`; the addresses that a provider
 * names itself, of its videos, stay as they are.
 */
export async function providerFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const base = optionalSetting("PROVIDERS_URL");
  if (base === undefined) return await fetch(input, init);
  const { protocol, host, pathname, search } = new URL(input instanceof Request ? input.url : input);
  if (protocol !== "https:") return await fetch(input, init);
  const url = `${base.replace(/\/+$/, "")}/${host}${pathname}${search}`;
  return await fetch(input instanceof Request ? new Request(url, input) : url, init);
}
