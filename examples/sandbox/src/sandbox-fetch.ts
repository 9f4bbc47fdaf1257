// A fetch for the server's providers: calls meant for a provider go to a sandbox, everything else goes where it was meant to.

// Whose hosts a sandbox answers for. With all that is below them: nothing that is meant for a provider leaves the machine by way of this fetch, and
// what a sandbox does not simulate answers 501.
const PROVIDER_DOMAINS: readonly string[] = [
  "fal.run",
  "falrun.com",
  "fal.ai",
  "fal.media",
  "kie.ai",
  "redpandaai.co",
  "wavespeed.ai",
  "wavespeed.example",
  "openrouter.ai",
];

/**
 * Builds the fetch for a sandbox at a URL, such as `http://127.0.0.1:4400`. Hand it to the providers, or to any client of theirs; one that takes no
 * fetch uses it after `globalThis.fetch = sandboxFetch(url)`.
 */
export function sandboxFetch(sandboxUrl: string): typeof fetch {
  const send = globalThis.fetch;
  return async (input, init) => {
    if (input instanceof Request) return await send(new Request(toSandboxUrl(sandboxUrl, input.url), input), init);
    return await send(toSandboxUrl(sandboxUrl, String(input)), init);
  };
}

// `https://queue.fal.run/x` becomes `<sandbox>/queue.fal.run/x`; the addresses of other hosts are unchanged.
function toSandboxUrl(sandboxUrl: string, url: string): string {
  const { protocol, hostname, pathname, search } = new URL(url);
  const isProvider = PROVIDER_DOMAINS.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`));
  return protocol === "https:" && isProvider ? `${sandboxUrl}/${hostname}${pathname}${search}` : url;
}
